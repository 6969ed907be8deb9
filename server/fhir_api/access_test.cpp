// SPDX-License-Identifier: Apache-2.0
#include "tests/support/signed_in.h"

namespace reprise::server {
namespace {

using record::Role;
using ::testing::SizeIs;

// Two patients with a clinician each, and what each may do.
class AccessTest : public SignedInTest {
 protected:
  void SetUp() override {
    for (const std::string who : {"a", "b"}) {
      put_patient_with_clinician(who);
      put("Observation/o-" + who, observation(who));
      put("Binary/bin-" + who,
          R"(,"contentType":"text/plain","data":"eA==","securityContext":{"reference":"Patient/)" + who +
              "\"}");
    }
    // A resource that was once about b is now about a.
    put("Observation/moved", observation("b"));
    put("Observation/moved", observation("a"));
    patient_ = person_token(Role::patient, "a");
    clinician_ = person_token(Role::clinician, "dr-a");
    administrator_ = person_token(Role::administrator, "");
  }

  std::string patient_;
  std::string clinician_;
  std::string administrator_;
};

TEST_P(AccessTest, AsksForAToken) {
  EXPECT_EQ(ask("", "GET", "/metadata").status, 200U);
  EXPECT_EQ(ask("", "GET", "/Patient/a").status, 401U);
  EXPECT_EQ(ask("", "GET", "/nothing").status, 401U);
  EXPECT_EQ(ask("x", "GET", "/Patient/a").status, 401U);
  EXPECT_EQ(ask(std::string(43, 'A'), "GET", "/Patient/a").status, 401U);
  EXPECT_EQ(ask(program_ + "A", "GET", "/Patient/a").status, 401U);
}

TEST_P(AccessTest, ShowsNoOneAnotherPatientsData) {
  for (const std::string& token : {patient_, clinician_}) {
    EXPECT_EQ(ask(token, "GET", "/Patient/a").status, 200U);
    EXPECT_EQ(ask(token, "GET", "/Observation/o-a").status, 200U);
    EXPECT_EQ(ask(token, "GET", "/Binary/bin-a").status, 200U);
    for (const char* target :
         {"/Patient/b", "/Observation/o-b", "/Binary/bin-b", "/CareTeam/team-b", "/Observation/o-b/_history",
          "/Observation/o-b/_history/1", "/Observation/moved/_history/1", "/Patient/b/_history"}) {
      EXPECT_EQ(ask(token, "GET", target).status, 404U) << target;
    }
    EXPECT_EQ(entries(ask(token, "GET", "/Observation")), 2U);
    EXPECT_EQ(entries(ask(token, "GET", "/Patient?_id=b")), 0U);
    EXPECT_EQ(entries(ask(token, "GET", "/Observation?subject=Patient/b")), 0U);
    EXPECT_EQ(entries(ask(token, "GET", "/Observation?subject:Patient.active=true&_id=o-b")), 0U);
    EXPECT_EQ(entries(ask(token, "GET", "/Practitioner?_revinclude=CareTeam:participant:Practitioner")), 3U);
    EXPECT_EQ(ask(token, "GET", "/Observation?_total=accurate").json["total"], 2);
    EXPECT_EQ(entries(ask(token, "GET", "/Observation/_history")), 2U);
    EXPECT_EQ(entries(ask(token, "GET", "/Observation/moved/_history")), 1U);
  }
}

TEST_P(AccessTest, LetsNoOneChangeAnotherPatientsData) {
  const std::string others = R"({"resourceType":"Observation")" + observation("b") + "}";
  for (const std::string& token : {patient_, clinician_}) {
    const std::string by = token == patient_ ? "Patient/a" : "Practitioner/dr-a";
    const std::string mine = R"({"resourceType":"Observation")" + observation("a") +
                             R"(,"performer":[{"reference":")" + by + R"("}]})";
    EXPECT_EQ(ask(token, "POST", "/Observation", mine).status, 201U);
    EXPECT_EQ(ask(token, "POST", "/Observation", others).status, 403U);
    EXPECT_EQ(ask(token, "PUT", "/Observation/o-b",
                  R"({"resourceType":"Observation","id":"o-b")" + observation("a") + "}")
                  .status,
              403U);
    EXPECT_EQ(ask(token, "PUT", "/Observation/o-a",
                  R"({"resourceType":"Observation","id":"o-a")" + observation("b") + "}")
                  .status,
              403U);
    const bool may = token == clinician_;
    for (const char* one : {"/Observation/o-b", "/Observation/none"}) {
      EXPECT_EQ(ask(token, "DELETE", one).status, may ? 204U : 403U) << one;
      EXPECT_EQ(ask(token, "PATCH", one, R"([{"op":"test","path":"/status","value":"final"}])",
                    "application/json-patch+json")
                    .status,
                may ? 404U : 403U)
          << one;
    }
    EXPECT_EQ(ask(token, "DELETE", "/Observation?_id=o-b").status, 204U)
        << "there is none that it may know of";
    EXPECT_EQ(ask(token, "POST", "",
                  R"({"resourceType":"Bundle","type":"transaction","entry":[{"resource":)" + mine +
                      R"(,"request":{"method":"POST","url":"Observation"}},{"resource":)" + others +
                      R"(,"request":{"method":"POST","url":"Observation"}}]})")
                  .status,
              403U);
  }
  EXPECT_EQ(entries(ask(program_, "GET", "/Observation")), 5U) << "a part of the refused bundle was stored";
  EXPECT_EQ(ask(program_, "GET", "/Observation/o-b").json["meta"]["versionId"], "1");
}

TEST_P(AccessTest, KeepsClinicalContentFromAdministrators) {
  EXPECT_EQ(ask(administrator_, "GET", "/Patient/a").status, 200U);
  EXPECT_EQ(ask(administrator_, "GET", "/Patient?_revinclude=Observation:patient").status, 403U);
  EXPECT_EQ(ask(administrator_, "GET", "/Observation").status, 403U);
  EXPECT_EQ(ask(administrator_, "GET", "/Practitioner/dr-a").status, 200U);
  EXPECT_EQ(ask(administrator_, "GET", "/Practitioner?_revinclude=Observation:performer:Practitioner").status,
            403U);
}

TEST_P(AccessTest, FollowsCareTeamsAsTheyChange) {
  EXPECT_EQ(ask(clinician_, "GET", "/Patient/b").status, 404U);
  put("CareTeam/team-b",
      R"(,"status":"active","subject":{"reference":"Patient/b"},"participant":[{"member":{"reference":"Practitioner/dr-a"}}])");
  EXPECT_EQ(ask(clinician_, "GET", "/Patient/b").status, 200U);
  EXPECT_EQ(entries(ask(clinician_, "GET", "/Observation")), 3U);
  EXPECT_LT(ask(program_, "DELETE", "/CareTeam/team-b").status, 300U);
  EXPECT_EQ(ask(clinician_, "GET", "/Observation/o-b").status, 404U);
}

TEST_P(AccessTest, LetsAClinicianTakeANewPatientIntoCare) {
  const auto made =
      ask(clinician_, "POST", "/Patient", R"({"resourceType":"Patient","name":[{"family":"New"}]})");
  ASSERT_EQ(made.status, 201U);
  const std::string patient = "Patient/" + made.json["id"].get<std::string>();
  const auto team = [&](const std::string& doctor) {
    return R"({"resourceType":"CareTeam","status":"active","subject":{"reference":")" + patient +
           R"("},"participant":[{"member":{"reference":"Practitioner/)" + doctor + R"("}}]})";
  };
  EXPECT_EQ(ask(clinician_, "POST", "/CareTeam", team("dr-a")).status, 201U);
  EXPECT_EQ(ask(clinician_, "GET", "/" + patient).status, 200U);
  EXPECT_EQ(entries(ask(clinician_, "GET", "/Patient?family=New")), 1U);
  // A patient in care is not a new patient for other clinicians.
  EXPECT_EQ(ask(person_token(Role::clinician, "dr-b"), "POST", "/CareTeam", team("dr-b")).status, 403U);
}

TEST_P(AccessTest, LogsThePatientsOfDeletedData) {
  EXPECT_EQ(ask(clinician_, "DELETE", "/Observation/o-a").status, 204U);
  const auto entries = record::find_entries(*database_.open(), {.patient = "a", .count = 100});
  ASSERT_TRUE(entries);
  const auto deletion = std::find_if(entries->begin(), entries->end(),
                                     [](const auto& one) { return one.act == record::AuditAct::erase; });
  ASSERT_NE(deletion, entries->end());
  EXPECT_EQ(deletion->resource_id, "o-a");
  EXPECT_EQ(deletion->person, "dr-a");
}

TEST_P(AccessTest, LetsPatientsResendTheirOwnReportsOnly) {
  const std::string own = "/Binary/0b9d2a4e-7c1f-4e55-9a3b-2f6d8e0c1a77";
  const auto binary = [&](const std::string& of, const std::string& data) {
    return R"({"resourceType":"Binary","id":")" + own.substr(8) + R"(","contentType":"text/plain","data":")" +
           data + R"(","securityContext":{"reference":"Patient/)" + of + "\"}}";
  };
  EXPECT_EQ(ask(patient_, "PUT", own, binary("a", "eA==")).status, 201U);
  EXPECT_EQ(ask(patient_, "PUT", own, binary("a", "eA==")).status, 200U);
  EXPECT_EQ(ask(patient_, "PUT", own, binary("a", "eXk=")).status, 403U);
  put("Binary/x-b",
      R"(,"contentType":"text/plain","data":"eA==","securityContext":{"reference":"Patient/b"})");
  const std::string others =
      R"({"resourceType":"Binary","id":"x-b","contentType":"text/plain","data":"eA==","securityContext":{"reference":"Patient/b"}})";
  EXPECT_EQ(ask(patient_, "PUT", "/Binary/x-b", others).status, 403U);
}

TEST_P(AccessTest, EnforcesConsent) {
  put("Consent/no",
      R"(,"status":"active","scope":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/consentscope","code":"patient-privacy"}]},
    "category":[{"text":"c"}],"patient":{"reference":"Patient/a"},"policyRule":{"coding":[{"code":"OPTOUT"}]})");
  EXPECT_EQ(ask(clinician_, "GET", "/Observation/o-a").status, 404U);
  EXPECT_EQ(ask(patient_, "GET", "/Observation/o-a").status, 200U);
}

INSTANTIATE_TEST_SUITE_P(On, AccessTest, record::kBothDatabases, record::database_name);

}  // namespace
}  // namespace reprise::server
