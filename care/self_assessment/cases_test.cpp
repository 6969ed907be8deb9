// SPDX-License-Identifier: Apache-2.0
// The written cases of tests/self_assessment/cases.json: what each leads to, and that no output in any
// language names an illness.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "care/self_assessment/outcome_text.h"
#include "tests/support/shipped_self_assessment.h"

namespace reprise::care {
namespace {

using nlohmann::json;
using Names = std::vector<std::string>;

const json& case_file() {
  static const json kFile = [] {
    std::ifstream in(std::filesystem::path(REPRISE_SOURCE_DIR) / "tests/self_assessment/cases.json");
    return json::parse(in);
  }();
  return kFile;
}

json answers_of(const json& one) {
  json answers = case_file()["base"];
  answers.merge_patch(one["answers"]);
  return answers;
}

std::string outcome_of(const json& one, const std::string& language) {
  return or_exit(self_assessment_text(shipped_self_file().text, answers_of(one).dump(), language));
}

Names offered_in(const json& outcome) {
  Names names;
  for (const json& test : outcome["tests"]) {
    if (test["not_offered"].is_null()) names.push_back(test["test"]);
  }
  return names;
}

Names expected(const json& one, const char* field) {
  return one.contains(field) ? one[field].get<Names>() : Names{};
}

// ASCII letters in lower case; the forbidden words have no others in upper case.
std::string lowered(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return c < 128 ? static_cast<char>(std::tolower(c)) : c; });
  return text;
}

TEST(SelfAssessmentCases, EachLeadsToWhatIsWritten) {
  ASSERT_GE(case_file()["cases"].size(), 60U);
  for (const json& one : case_file()["cases"]) {
    SCOPED_TRACE(one["name"].get<std::string>());
    const json outcome = json::parse(outcome_of(one, "en"));
    EXPECT_EQ(outcome["level"], one["level"]);
    EXPECT_EQ(outcome["ended"], one["ended"]);
    EXPECT_EQ(outcome["missing"].get<Names>(), expected(one, "missing"));
    EXPECT_EQ(offered_in(outcome), expected(one, "offered"));
    Names reasons;
    for (const json& reason : outcome["reasons"]) reasons.push_back(reason["kind"]);
    EXPECT_EQ(reasons, expected(one, "reasons"));
    EXPECT_EQ(outcome["findings"].size(), one.value("findings", 0U));
    for (const json& test : outcome["tests"]) {
      const json wanted = one.value("not_offered", json::object());
      if (wanted.contains(test["test"])) {
        EXPECT_EQ(test["not_offered"], wanted[test["test"].get<std::string>()]) << test["test"];
      }
    }
  }
}

TEST(SelfAssessmentCases, EveryRedFlagHasTwoGuisesThatSendThePersonToSomeone) {
  std::map<std::string, int> guises;
  for (const json& one : case_file()["cases"]) {
    if (!one["answers"].contains("flags")) continue;
    for (const auto& [flag, yes] : one["answers"]["flags"].items()) {
      const bool sent = one["level"] == "get_help_now" || one["level"] == "see_someone_first";
      if (yes == true && sent) ++guises[flag];
    }
  }
  for (const std::string_view flag : kRedFlags) EXPECT_GE(guises[std::string{flag}], 2) << flag;
}

TEST(SelfAssessmentCases, NoOutputNamesAnIllnessInAnyLanguage) {
  for (const auto& [language, words] : case_file()["forbidden"].items()) {
    ASSERT_GT(words.size(), 30U);
    for (const json& one : case_file()["cases"]) {
      const std::string text = lowered(outcome_of(one, language));
      for (const json& word : words)
        EXPECT_EQ(text.find(word.get<std::string>()), std::string::npos)
            << one["name"] << ' ' << language << ' ' << word;
    }
  }
}

TEST(SelfAssessmentCases, NoTestOnOneLegAStepOrInTheAirWithoutARelease) {
  std::map<std::string, TestPosition> positions;
  for (const SelfRegion& region : shipped_self_definition().regions) {
    for (const SelfTest& test : region.tests) positions.emplace(test.id, test.position);
  }
  for (const SelfTest& test : shipped_self_definition().function_tests)
    positions.emplace(test.id, test.position);
  int released = 0;
  for (const json& one : case_file()["cases"]) {
    const Names release = answers_of(one).value("released", Names{});
    for (const std::string& test : offered_in(json::parse(outcome_of(one, "en")))) {
      const TestPosition position = positions.at(test);
      if (position < TestPosition::single_leg) continue;
      ++released;
      EXPECT_THAT(release, ::testing::Contains(std::string{name(position)})) << one["name"];
    }
  }
  EXPECT_GE(released, 1) << "a release must open something, or this proves nothing";
}

TEST(SelfAssessmentCases, SayTheSameInEveryLanguage) {
  for (const json& one : case_file()["cases"]) {
    json english = json::parse(outcome_of(one, "en"));
    std::set<std::string> titles;
    for (const char* language : {"en", "de", "es"}) {
      const json outcome = json::parse(outcome_of(one, language));
      EXPECT_EQ(outcome["level"], english["level"]);
      EXPECT_EQ(outcome["findings"].size(), english["findings"].size());
      if (outcome["title"].is_string()) titles.insert(outcome["title"]);
      for (const json& finding : outcome["findings"])
        EXPECT_EQ(finding["lines"].dump().find('{'), std::string::npos) << finding["lines"];
    }
    EXPECT_EQ(titles.size(), english["title"].is_string() ? 3U : 0U) << one["name"];
  }
}

}  // namespace
}  // namespace reprise::care
