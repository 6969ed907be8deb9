// SPDX-License-Identifier: Apache-2.0
#include "exercises/prescription.h"

#include <gtest/gtest.h>

#include <limits>

namespace reprise::exercises {
namespace {

engine::ExerciseDefinition bends_the_knee() {
  engine::ExerciseDefinition definition;
  definition.id = "heel_slide";
  definition.primary.measure = engine::Measure::knee_flexion;
  definition.rest = Radians{Degrees{10}}.value();
  definition.target = Radians{Degrees{100}}.value();
  return definition;
}

TEST(Prescription, CeilingOfAnAngleIsWrittenInDegrees) {
  const auto options = coach_options(bends_the_knee(), {.side = engine::Side::left, .ceiling = 90});
  ASSERT_TRUE(options) << to_string(options.error());
  EXPECT_EQ(options->side, engine::Side::left);
  EXPECT_DOUBLE_EQ(options->ceiling.value_or(0), kPi / 2);
}

TEST(Prescription, CeilingOfARatioStaysAsItIs) {
  engine::ExerciseDefinition stands_up = bends_the_knee();
  stands_up.primary.measure = engine::Measure::hip_height;
  stands_up.rest = 1;
  stands_up.target = 0.5;  // counts down
  const auto options = coach_options(stands_up, {.ceiling = 0.6});
  ASSERT_TRUE(options) << to_string(options.error());
  EXPECT_DOUBLE_EQ(options->ceiling.value_or(0), 0.6);
}

TEST(Prescription, WithoutCeilingHasNone) {
  const auto options = coach_options(bends_the_knee(), {});
  ASSERT_TRUE(options);
  EXPECT_FALSE(options->side.has_value());
  EXPECT_FALSE(options->ceiling.has_value());
}

TEST(Prescription, CeilingThatNothingCouldReachIsRefused) {
  for (const double ceiling :
       {10.0, -5.0, std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
    const auto options = coach_options(bends_the_knee(), {.ceiling = ceiling});
    ASSERT_FALSE(options) << ceiling;
    EXPECT_EQ(options.error().code, ErrorCode::invalid_argument);
    EXPECT_NE(options.error().cause.find("heel_slide"), std::string::npos);
  }
}

}  // namespace
}  // namespace reprise::exercises
