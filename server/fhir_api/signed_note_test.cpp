// SPDX-License-Identifier: Apache-2.0
#include "tests/support/signed_in.h"

namespace reprise::server {
namespace {

using record::Role;

const std::string kNote = "3d0f6a52-9b1e-4c7a-8f24-5e6b7c8d9a01";

// Two clinicians of one patient, and a program, around notes.
class SignedNotePolicyTest : public SignedInTest {
 protected:
  void SetUp() override {
    put("Practitioner/dr-b", "");
    put("Practitioner/dr-a", "");
    put("Patient/a", R"(,"active":true)");
    put("CareTeam/team-a",
        R"(,"status":"active","subject":{"reference":"Patient/a"},"participant":[)"
        R"({"member":{"reference":"Practitioner/dr-a"}},{"member":{"reference":"Practitioner/dr-b"}}])");
    writer_ = person_token(Role::clinician, "dr-a");
    colleague_ = person_token(Role::clinician, "dr-b");
  }
  static Json note(const std::string& status, const std::string& author = "dr-a") {
    return {{"resourceType", "Composition"},
            {"id", kNote},
            {"status", status},
            {"type", {{"text", "Progress note"}}},
            {"subject", {{"reference", "Patient/a"}}},
            {"date", "2026-03-02T10:00:00Z"},
            {"author", Json::array({{{"reference", "Practitioner/" + author}}})},
            {"title", "Visit"}};
  }
  static Json signed_by(Json note, const std::string& who) {
    note["status"] = "final";
    note["attester"] = Json::array({{{"mode", "legal"},
                                     {"time", "2026-03-02T10:05:00Z"},
                                     {"party", {{"reference", "Practitioner/" + who}}}}});
    return note;
  }
  unsigned write(const std::string& token, const Json& note) {
    return ask(token, "PUT", "/Composition/" + kNote, note.dump()).status;
  }
  Json read() { return ask(program_, "GET", "/Composition/" + kNote).json; }

  std::string writer_;
  std::string colleague_;
};

TEST_P(SignedNotePolicyTest, IsWrittenAndSignedInTheOwnName) {
  EXPECT_EQ(write(writer_, note("preliminary", "dr-b")), 422U);
  EXPECT_EQ(write(writer_, note("final")), 422U) << "it has no signer";
  EXPECT_EQ(write(writer_, note("preliminary")), 201U);
  EXPECT_EQ(write(colleague_, note("preliminary", "dr-b")), 422U) << "whose it is stays";
  EXPECT_EQ(write(writer_, signed_by(note("final"), "dr-b")), 422U);
  Json both = signed_by(note("final"), "dr-a");
  both["attester"].push_back(both["attester"][0]);
  both["attester"][1]["party"]["reference"] = "Practitioner/dr-b";
  EXPECT_EQ(write(writer_, both), 422U) << "nor a colleague's signature beside it";
  Json early = signed_by(note("final"), "dr-a");
  early["status"] = "preliminary";
  EXPECT_EQ(write(writer_, early), 422U);
  for (const char* missing : {"time", "party"}) {
    Json half = signed_by(note("final"), "dr-a");
    half["attester"][0].erase(missing);
    EXPECT_EQ(write(writer_, half), 422U) << missing;
  }
  EXPECT_EQ(read()["meta"]["versionId"], "1");
  EXPECT_EQ(write(colleague_, signed_by(note("final"), "dr-b")), 200U) << "a supervisor signs what she reads";
}

TEST_P(SignedNotePolicyTest, CannotBeEditedByAnyone) {
  ASSERT_EQ(write(writer_, note("preliminary")), 201U);
  Json signed_note = signed_by(note("final"), "dr-a");
  ASSERT_EQ(write(writer_, signed_note), 200U);
  ASSERT_EQ(write(writer_, signed_note), 200U) << "said again, as after a lost answer";
  for (const std::string& token : {writer_, colleague_, program_}) {
    Json other = signed_note;
    other["title"] = "Another";
    EXPECT_EQ(write(token, other), 422U);
    EXPECT_EQ(write(token, note("preliminary")), 422U);
    other["status"] = "entered-in-error";
    EXPECT_EQ(write(token, other), 422U) << "with nothing else changed";
    other = signed_note;
    other["status"] = "amended";
    EXPECT_EQ(write(token, other), 422U);
    other = signed_note;
    other["meta"]["tag"] = Json::array({{{"code", "x"}}});
    EXPECT_EQ(write(token, other), 422U);
    EXPECT_EQ(ask(token, "DELETE", "/Composition/" + kNote).status, 422U);
    EXPECT_EQ(ask(token, "PATCH", "/Composition/" + kNote,
                  R"([{"op":"replace","path":"/title","value":"x"}])", "application/json-patch+json")
                  .status,
              422U);
    const Json entry = {{"resource", note("preliminary")},
                        {"request", {{"method", "PUT"}, {"url", "Composition?_id=n"}}}};
    const Json bundle = {
        {"resourceType", "Bundle"}, {"type", "transaction"}, {"entry", Json::array({entry})}};
    EXPECT_EQ(ask(token, "POST", "", bundle.dump()).status, 422U);
  }
  EXPECT_EQ(read()["meta"]["versionId"], "2");
  EXPECT_EQ(read()["title"], "Visit");
}

TEST_P(SignedNotePolicyTest, ItsAuthorMayOnlyMarkItEnteredInError) {
  const Json signed_note = signed_by(note("final"), "dr-a");
  ASSERT_EQ(write(writer_, signed_note), 201U);
  Json wrong = signed_note;
  wrong["status"] = "entered-in-error";
  EXPECT_EQ(write(colleague_, wrong), 422U);
  EXPECT_EQ(write(writer_, wrong), 200U);
  EXPECT_EQ(write(writer_, signed_note), 422U) << "nor is it taken up again";
  EXPECT_EQ(ask(writer_, "DELETE", "/Composition/" + kNote).status, 422U);
}

TEST_P(SignedNotePolicyTest, LeavesDraftsAndWhatOtherProgramsBring) {
  ASSERT_EQ(write(writer_, note("preliminary")), 201U);
  Json more = note("preliminary");
  more["title"] = "More";
  EXPECT_EQ(write(colleague_, more), 200U);
  EXPECT_EQ(ask(writer_, "DELETE", "/Composition/" + kNote).status, 204U);
  EXPECT_EQ(write(program_, signed_by(note("final"), "dr-b")), 201U);
}

INSTANTIATE_TEST_SUITE_P(On, SignedNotePolicyTest, record::kBothDatabases, record::database_name);

}  // namespace
}  // namespace reprise::server
