// SPDX-License-Identifier: Apache-2.0
#include "server/monitoring/response_check.h"

#include "server/monitoring/safety_flags.h"
#include "tests/support/app_browser.h"

// FHIR findings, section 2: answers are checked against their Questionnaire.
namespace reprise::server {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

class AnswerCheckTest : public AppTest {
 protected:
  AnswerCheckTest() {
    ApiOptions options;
    options.before_writing = [this](const record::WriteTransaction& session,
                                    record::IndexedResource prepared) {
      return check_answers(*record_, session, std::move(prepared));
    };
    options.after_changes = [this](const record::WriteTransaction& session,
                                   std::span<const record::ChangeResult> changes) {
      return raise_safety_flags(*record_, session, changes, {"Reprise", "https://clinic.example", false});
    };
    api_ = std::make_shared<Api>(*record_, std::move(options));
    fill();
    clinician_ = person("dr-a", Role::clinician, "dr-a");
    patient_ = person("pat", Role::patient, "a");
  }
  /// A questionnaire with one integer from 0 to `most`.
  void ask_for(const std::string& version, int most, const std::string& status = "active") {
    const Json questionnaire = {
        {"resourceType", "Questionnaire"},
        {"id", "q"},
        {"url", "urn:clinic:q,1"},
        {"version", version},
        {"status", status},
        {"item", Json::array({{{"linkId", "n"},
                               {"type", "integer"},
                               {"required", true},
                               {"extension",
                                Json::array({{{"url", "http://hl7.org/fhir/StructureDefinition/maxValue"},
                                              {"valueInteger", most}}})}}})}};
    const auto put = ask(clinician_, "PUT", "/fhir/Questionnaire/q", questionnaire, "application/fhir+json");
    ASSERT_LT(put.status, 300U) << put.json.dump();
  }
  static Json response(const std::string& questionnaire, const Json& items,
                       const std::string& status = "completed") {
    return {{"resourceType", "QuestionnaireResponse"}, {"status", status},
            {"questionnaire", questionnaire},          {"subject", {{"reference", "Patient/a"}}},
            {"author", {{"reference", "Patient/a"}}},  {"source", {{"reference", "Patient/a"}}},
            {"authored", "2026-03-02T10:00:00Z"},      {"item", items}};
  }
  static Json number(int n) {
    return Json::array({{{"linkId", "n"}, {"answer", Json::array({{{"valueInteger", n}}})}}});
  }
  auto say(const Json& said) {
    return ask(patient_, "POST", "/fhir/QuestionnaireResponse", said, "application/fhir+json");
  }

  Browser clinician_;
  Browser patient_;
};

TEST_P(AnswerCheckTest, RefusesContradictionsToTheAnsweredVersionRetiredOrNot) {
  ask_for("1", 10);
  EXPECT_EQ(say(response("urn:clinic:q,1|1", number(10))).status, 201U);
  const auto refused = say(response("urn:clinic:q,1|1", number(11)));
  EXPECT_EQ(refused.status, 422U);
  EXPECT_EQ(refused.json["issue"][0]["expression"][0], "QuestionnaireResponse.item[0].answer[0].value");
  EXPECT_THAT(refused.json["issue"][0]["diagnostics"].get<std::string>(), HasSubstr("\"n\""));
  EXPECT_EQ(say(response("urn:clinic:q,1|1", Json::array({{{"linkId", "n"}}}))).status, 422U);
  EXPECT_EQ(say(response("urn:clinic:q,1|1", Json::array({{{"linkId", "n"}}}), "in-progress")).status, 201U);
  // The first version is only in the history, and the second is retired.
  ask_for("2", 100, "retired");
  EXPECT_EQ(say(response("urn:clinic:q,1|1", number(11))).status, 422U);
  EXPECT_EQ(say(response("urn:clinic:q,1|2", number(11))).status, 201U);
  EXPECT_EQ(say(response("urn:clinic:q,1|2", number(101))).status, 422U);
  EXPECT_EQ(say(response("urn:clinic:q,1", number(101))).status, 422U);
  EXPECT_EQ(say(response("Questionnaire/q", number(101))).status, 422U);
  for (const char* unknown : {"urn:clinic:q,1|3", "urn:elsewhere", "Questionnaire/none"})
    EXPECT_EQ(say(response(unknown, number(101))).status, 201U) << unknown;
}

TEST_P(AnswerCheckTest, ChecksUpdatesAndEntriesOfTransactionsToo) {
  ask_for("1", 10);
  Json said = response("urn:clinic:q,1|1", number(10));
  const auto made = say(said);
  said["id"] = made.json["id"];
  said["item"] = number(11);
  const std::string address = "/fhir/QuestionnaireResponse/" + made.json["id"].get<std::string>();
  EXPECT_EQ(ask(patient_, "PUT", address, said, "application/fhir+json").status, 422U);
  const Json patch =
      Json::array({{{"op", "replace"}, {"path", "/item/0/answer/0/valueInteger"}, {"value", 11}}});
  EXPECT_EQ(ask(patient_, "PATCH", address, patch, "application/json-patch+json").status, 422U);
  said.erase("id");
  const Json bundle = {
      {"resourceType", "Bundle"},
      {"type", "transaction"},
      {"entry", Json::array({{{"resource", said},
                              {"request", {{"method", "POST"}, {"url", "QuestionnaireResponse"}}}}})}};
  const auto refused = ask(patient_, "POST", "/fhir", bundle, "application/fhir+json");
  EXPECT_EQ(refused.status, 422U);
  EXPECT_EQ(refused.json["issue"][0]["expression"][0],
            "Bundle.entry[0].resource.ofType(QuestionnaireResponse).item[0].answer[0].value");
}

TEST_P(AnswerCheckTest, NeverRefusesWarningSignsAndPainButMarksAndFlagsThem) {
  const Json red_flags = {
      {"resourceType", "Questionnaire"},
      {"id", "rf"},
      {"url", "urn:reprise:questionnaire:red-flags"},
      {"version", "1"},
      {"status", "retired"},
      {"item", Json::array({{{"linkId", "calf"}, {"type", "boolean"}, {"required", true}},
                            {{"linkId", "pop"}, {"type", "boolean"}, {"required", true}}})}};
  ASSERT_EQ(ask(clinician_, "PUT", "/fhir/Questionnaire/rf", red_flags, "application/fhir+json").status,
            201U);
  const Json yes = Json::array({{{"linkId", "calf"}, {"answer", Json::array({{{"valueBoolean", true}}})}}});
  const auto kept = say(response("urn:reprise:questionnaire:red-flags|1", yes));
  ASSERT_EQ(kept.status, 201U) << kept.json.dump();
  EXPECT_EQ(kept.json["meta"]["tag"][0]["code"], "contradicts-questionnaire");
  EXPECT_THAT(ask(patient_, "GET", "/fhir/Flag").json["entry"], SizeIs(1));
  // The questionnaire ended at the first "yes", as its status says: a question that was not asked contradicts
  // nothing.
  const auto ended = say(response("urn:reprise:questionnaire:red-flags|1", yes, "stopped"));
  ASSERT_EQ(ended.status, 201U) << ended.json.dump();
  EXPECT_FALSE(ended.json["meta"].contains("tag")) << ended.json.dump();
  EXPECT_THAT(ask(patient_, "GET", "/fhir/Flag").json["entry"], SizeIs(2));
  // What fits loses the mark.
  Json whole = yes;
  whole.push_back({{"linkId", "pop"}, {"answer", Json::array({{{"valueBoolean", false}}})}});
  Json again = response("urn:reprise:questionnaire:red-flags|1", whole);
  again["meta"] = kept.json["meta"];
  const auto fits = say(again);
  EXPECT_EQ(fits.status, 201U);
  EXPECT_FALSE(fits.json["meta"].contains("tag")) << fits.json.dump();
}

INSTANTIATE_TEST_SUITE_P(On, AnswerCheckTest, record::kBothDatabases, record::database_name);

}  // namespace
}  // namespace reprise::server
