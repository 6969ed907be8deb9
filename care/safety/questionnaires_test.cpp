// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <fstream>
#include <set>
#include <sstream>

#include "care/safety/questionnaire_response.h"
#include "fhir/fields/fields.h"
#include "fhir/model/resource.h"
#include "fhir/validation/validate.h"

namespace reprise::care {
namespace {

const std::filesystem::path kQuestionnaires =
    std::filesystem::path(REPRISE_SOURCE_DIR) / "catalog/questionnaires";

std::vector<Json> questionnaires() {
  std::vector<Json> all;
  for (const auto& file : std::filesystem::directory_iterator(kQuestionnaires)) {
    std::ifstream in(file.path());
    auto parsed = fhir::parse_resource((std::ostringstream{} << in.rdbuf()).str());
    EXPECT_TRUE(parsed) << file.path();
    if (parsed) all.push_back(std::move(*parsed));
  }
  return all;
}

std::set<std::string> languages_of(const Json& element, const std::string& name) {
  std::set<std::string> languages;
  if (json::field(element, "_" + name) == nullptr) return languages;
  for (const Json* translation : fhir::extensions(*json::field(element, "_" + name),
                                                  "http://hl7.org/fhir/StructureDefinition/translation")) {
    languages.emplace(json::text_of(*fhir::extensions(*translation, "lang").at(0), "valueCode"));
    EXPECT_NE(json::text_of(*fhir::extensions(*translation, "content").at(0), "valueString"), "");
  }
  return languages;
}

TEST(Questionnaires, AreValidTranslatedAndNotReviewed) {
  ASSERT_EQ(questionnaires().size(), 6U);
  const std::set<std::string> both = {"de", "es"};
  for (const Json& one : questionnaires()) {
    EXPECT_TRUE(fhir::validate(one).empty()) << one["url"];
    EXPECT_THAT(one["url"].get<std::string>(), ::testing::StartsWith("urn:reprise:questionnaire:"));
    EXPECT_THAT(one["purpose"].get<std::string>(), ::testing::HasSubstr("Not clinically reviewed"));
    EXPECT_EQ(languages_of(one, "title"), both);
    for (const Json& item : one["item"]) EXPECT_EQ(languages_of(item, "text"), both) << item["linkId"];
  }
}

// The rules know questions by their linkIds: each of these is asked, once, by the kind of answer that they
// read.
TEST(Questionnaires, AskWhatTheRulesKnow) {
  std::map<std::string, std::string> asked;
  std::set<std::string> self_flags;
  for (const Json& one : questionnaires()) {
    // What a clinic asks of its own means nothing to the rules.
    const bool own = one["url"] == "urn:reprise:questionnaire:how-was-your-week";
    for (const Json& item : one["item"]) {
      if (one["url"] == "urn:reprise:questionnaire:self-assessment") {
        EXPECT_EQ(json::text_of(item, "linkId").substr(0, 5), "self-");
        if (item["type"] == "boolean" && item["linkId"] != "self-unsteady") self_flags.insert(item["linkId"]);
        continue;
      }
      if (own) {
        EXPECT_EQ(json::text_of(item, "linkId").substr(0, 5), "week-");
        continue;
      }
      const bool new_one =
          asked.emplace(item["linkId"].get<std::string>(), item["type"].get<std::string>()).second;
      EXPECT_TRUE(new_one) << item["linkId"];
      if (one["url"] == "urn:reprise:questionnaire:red-flags") {
        EXPECT_EQ(item["required"], true);
      }
    }
  }
  std::map<std::string, std::string> known = {{"comment", "text"}};
  for (const auto flag : kRedFlags) known.emplace(flag, "boolean");
  for (const auto truth : {kSupportInReach, kHelperPresent, kSettled}) known.emplace(truth, "boolean");
  for (const auto scale : {kPainBefore, kPainDuring, kPainAfter, kPainNextMorning, kEffort})
    known.emplace(scale, "integer");
  EXPECT_EQ(asked, known);
  EXPECT_EQ(self_flags, std::set<std::string>(kSelfFlags.begin(), kSelfFlags.end()));
}

TEST(Questionnaires, AYesToAWarningSignOfARegionIsARedFlagAndANoIsNone) {
  const auto answered = [](std::string_view question, bool yes) {
    const Json item = {{"linkId", question}, {"answer", Json::array({Json{{"valueBoolean", yes}}})}};
    return Json{{"resourceType", "QuestionnaireResponse"},
                {"questionnaire", "urn:reprise:questionnaire:self-assessment|2"},
                {"item", Json::array({item})}};
  };
  for (const std::string_view flag : kSelfFlags) {
    const SafetyVerdict verdict = judge(safety_facts(answered(flag, true)), {});
    EXPECT_EQ(verdict.verdict, Verdict::end_session) << flag;
    EXPECT_TRUE(verdict.tells_clinic) << flag;
    ASSERT_EQ(verdict.findings.size(), 1U) << flag;
    EXPECT_EQ(verdict.findings[0].question, flag);
    EXPECT_EQ(judge(safety_facts(answered(flag, false)), {}).verdict, Verdict::go_on) << flag;
  }
  EXPECT_EQ(judge(safety_facts(answered("self-flag-of-another", true)), {}).verdict, Verdict::go_on);
}

}  // namespace
}  // namespace reprise::care
