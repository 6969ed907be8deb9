// SPDX-License-Identifier: Apache-2.0
#include "exercises/range_of_motion.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/support/shipped_range_tests.h"

namespace reprise::exercises {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

const RangeTest& range_test_of(const std::string& id) {
  const auto found = find_range_test(shipped_range_tests(), id);
  EXPECT_TRUE(found) << id;
  return **found;
}

TEST(RangeOfMotion, ShipsTheMovementsOfNineJoints) {
  EXPECT_THAT(shipped_range_tests(), SizeIs(34));
  std::set<std::string> joints;
  for (const RangeTest& test : shipped_range_tests()) joints.insert(test.joint);
  EXPECT_THAT(joints, SizeIs(9));
}

TEST(RangeOfMotion, EachTestSaysEverythingInThreeLanguages) {
  for (const RangeTest& test : shipped_range_tests()) {
    for (const char* language : {"en", "de", "es"}) {
      EXPECT_TRUE(test.name.count(language)) << test.id;
      ASSERT_TRUE(test.text.count(language)) << test.id;
      const Translations& explained = test.camera ? test.camera->says : test.no_camera;
      if (!explained.empty()) {
        EXPECT_TRUE(explained.count(language)) << test.id;
      }
    }
  }
}

TEST(RangeOfMotion, EveryCameraTestNamesAnExerciseThatShowsItsMeasure) {
  for (const RangeTest& test : shipped_range_tests()) {
    if (!test.camera) continue;
    const auto exercise = find(shipped(), test.camera->exercise);
    ASSERT_TRUE(exercise) << test.id;
    const auto definition = range_definition(test, **exercise);
    EXPECT_EQ(definition.primary.measure, test.camera->measure);
    EXPECT_TRUE(definition.gates.empty()) << "a range is measured, not judged";
    EXPECT_LT(definition.min_excursion, std::abs(definition.target - definition.rest) / 2) << test.id;
  }
}

TEST(RangeOfMotion, TakesTheNarrowestNormThatFitsThePerson) {
  const RangeTest& flexion = range_test_of("shoulder_flexion");
  const RangeNorm* men = norm_for(flexion, 40, NormSex::male);
  ASSERT_NE(men, nullptr);
  EXPECT_EQ(men->people, 109);
  EXPECT_EQ(norm_for(flexion, 40, NormSex::female), nullptr) << "there is none of women of this age";
  EXPECT_EQ(norm_for(flexion, 40, std::nullopt), nullptr);
  ASSERT_NE(norm_for(flexion, 70, std::nullopt), nullptr);
  EXPECT_EQ(norm_for(flexion, 70, NormSex::female)->people, 60);
  EXPECT_EQ(norm_for(flexion, std::nullopt, NormSex::male), nullptr);
}

TEST(RangeOfMotion, NamesTheTestsThatThereAre) {
  const auto none = find_range_test(shipped_range_tests(), "shoulder_flex");
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, ErrorCode::not_found);
  EXPECT_THAT(none.error().remedy, HasSubstr("shoulder_flexion"));
}

std::string changed(std::string_view from, std::string_view to) {
  std::string text = shipped_range_file("shoulder.json");
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos);
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

std::string refusal(std::string text) {
  const CatalogFile file{"shoulder.json", std::move(text)};
  const auto parsed = parse_range_tests({&file, 1});
  EXPECT_FALSE(parsed);
  return parsed ? "" : to_string(parsed.error());
}

TEST(RangeOfMotion, RefusesAFileThatContradictsItself) {
  EXPECT_THAT(refusal(changed(R"("sign": 1)", R"("sign": -1)")), HasSubstr("must lie beyond rest"));
  EXPECT_THAT(refusal(changed(R"("opposite": "shoulder_extension")", R"("opposite": "shoulder_abduction")")),
              HasSubstr("must be the opposite"));
  EXPECT_THAT(refusal(changed(R"("measure": "shoulder_flexion")", R"("measure": "hip_height")")),
              HasSubstr("must be the name of an angle"));
  EXPECT_THAT(refusal(changed(R"("id": "shoulder")", R"("id": "elbow")")),
              HasSubstr("must be the file's name"));
  EXPECT_FALSE(refusal("{").empty());
}

}  // namespace
}  // namespace reprise::exercises
