// SPDX-License-Identifier: Apache-2.0
#include "care/self_assessment/definition.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "exercises/standing_leg.h"
#include "session/measurements/function_tests.h"
#include "tests/support/shipped_catalog.h"
#include "tests/support/shipped_range_tests.h"
#include "tests/support/shipped_self_assessment.h"

namespace reprise::care {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

json shipped_json() {
  return json::parse(shipped_self_file().text);
}

std::string refusal(const json& changed) {
  const auto parsed = parse_self_definition({"self_assessment.json", changed.dump()});
  return parsed ? "" : to_string(parsed.error());
}

TEST(SelfDefinition, TheShippedOneIsNotReviewedAndHasEveryRedFlag) {
  const SelfDefinition& definition = shipped_self_definition();
  EXPECT_FALSE(definition.reviewed);
  EXPECT_EQ(definition.red_flags.size(), kRedFlags.size());
  EXPECT_GE(definition.regions.size(), 7U);
}

// Each test must be one that a camera measures, and one whose exercise stands on one leg must say so.
TEST(SelfDefinition, TestsAreThoseOfACameraInThePositionThatTheyHave) {
  for (const SelfRegion& region : shipped_self_definition().regions) {
    for (const SelfTest& test : region.tests) {
      const auto* range = or_exit(exercises::find_range_test(shipped_range_tests(), test.id));
      ASSERT_TRUE(range->camera) << test.id;
      const auto* exercise = or_exit(exercises::find(shipped(), range->camera->exercise));
      const bool one_leg = exercises::standing_leg(*exercise, Side::left).has_value();
      EXPECT_EQ(one_leg, test.position == TestPosition::single_leg) << test.id;
    }
  }
}

TEST(SelfDefinition, TestsOfFunctionAreCountedByACameraOnBothLegs) {
  ASSERT_FALSE(shipped_self_definition().function_tests.empty());
  for (const SelfTest& test : shipped_self_definition().function_tests) {
    const auto known = session::function_test_from_name(test.id);
    ASSERT_TRUE(known) << test.id;
    EXPECT_TRUE(session::is_measured_by(*known, session::FunctionMethod::camera)) << test.id;
    const auto* exercise = or_exit(exercises::find(shipped(), std::string{session::exercise_of(*known)}));
    EXPECT_FALSE(exercises::standing_leg(*exercise, Side::left)) << test.id;
    EXPECT_EQ(test.position, TestPosition::standing) << test.id;
  }
}

TEST(SelfDefinition, ATestOfFunctionThatIsNotCountedOrHasNoRegionIsRefused) {
  json changed = shipped_json();
  changed["function_tests"][0]["id"] = "jump";
  EXPECT_THAT(refusal(changed), HasSubstr("must not name jump, which is not counted here"));
  changed = shipped_json();
  changed["function_tests"][0]["regions"][0] = "tail";
  EXPECT_THAT(refusal(changed), HasSubstr("must not name tail, which is no region"));
}

// The clinic reads the same questions as the patient.
TEST(SelfDefinition, TheQuestionnaireAsksTheWarningSignsOfEveryRegion) {
  const json questionnaire =
      json::parse(or_exit(exercises::read_catalog_file(std::filesystem::path(REPRISE_SOURCE_DIR) /
                                                       "catalog/questionnaires/self_assessment.json"))
                      .text);
  EXPECT_EQ(questionnaire["version"], shipped_self_definition().version);
  std::map<std::string, std::string> asked;
  for (const json& item : questionnaire["item"]) asked.emplace(item["linkId"], item["text"]);
  for (const SelfRegion& region : shipped_self_definition().regions) {
    for (const SelfFlag& flag : region.flags) EXPECT_EQ(asked["self-flag-" + flag.id], flag.text.at("en"));
  }
}

TEST(SelfDefinition, ARedFlagThatIsMissingOrUnknownIsRefused) {
  json changed = shipped_json();
  changed["red_flags"][2]["id"] = "shin";
  EXPECT_THAT(refusal(changed), HasSubstr("must ask calf once"));
  changed = shipped_json();
  changed["red_flags"].push_back(changed["red_flags"][0]);
  EXPECT_THAT(refusal(changed), HasSubstr("must be those that the safety rules know"));
}

TEST(SelfDefinition, AWarningSignThatWouldNotReachTheClinicIsRefused) {
  json changed = shipped_json();
  changed["regions"][0]["flags"][0]["id"] = "neck-tail";
  EXPECT_THAT(refusal(changed), HasSubstr("must not ask neck-tail, which the safety rules do not know"));
  changed = shipped_json();
  changed["regions"][0]["flags"].erase(0);
  EXPECT_THAT(refusal(changed), HasSubstr("must ask each warning sign of kSelfFlags"));
}

TEST(SelfDefinition, AFlagMustSendThePersonToSomeone) {
  json changed = shipped_json();
  changed["red_flags"][0]["level"] = "no_haste";
  EXPECT_NE(refusal(changed), "");
}

TEST(SelfDefinition, IdsAreUsedOnceAndEveryLevelHasWords) {
  json changed = shipped_json();
  changed["regions"][1]["id"] = "neck";
  EXPECT_THAT(refusal(changed), HasSubstr("must use neck once"));
  changed = shipped_json();
  changed["outcomes"][0] = changed["outcomes"][1];
  EXPECT_THAT(refusal(changed), HasSubstr("must have each level once"));
  changed = shipped_json();
  changed["outcomes"][0]["title"].erase("de");
  EXPECT_NE(refusal(changed), "");
}

TEST(SelfDefinition, ALimitNeedsASource) {
  json changed = shipped_json();
  changed["limits"]["change"]["source"] = "common sense";
  EXPECT_NE(refusal(changed), "");
}

}  // namespace
}  // namespace reprise::care
