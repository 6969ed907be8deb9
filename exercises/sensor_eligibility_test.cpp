// SPDX-License-Identifier: Apache-2.0
#include "exercises/sensor_eligibility.h"

#include <gtest/gtest.h>

#include "tests/support/shipped_catalog.h"

namespace reprise::exercises {
namespace {

const CatalogExercise& with_id(std::string_view id) {
  return *find(shipped(), id).value();
}

TEST(WithSensors, WhereTwoOfThemGiveTheAngleThatCounts) {
  const auto knee = sensor_places(with_id("seated_knee_extension"));
  ASSERT_TRUE(knee);
  EXPECT_EQ(knee->proximal, "thigh");
  EXPECT_EQ(knee->distal, "shank");
  EXPECT_EQ(knee->sign, -1) << "a knee that bends turns the shank back";
  const auto elbow = sensor_places(with_id("elbow_flexion"));
  ASSERT_TRUE(elbow);
  EXPECT_EQ(elbow->proximal, "upper_arm");
  EXPECT_EQ(elbow->sign, 1);
}

TEST(WithSensors, NotWhereBothSidesOrOtherMeasuresCount) {
  for (const char* id : {"squat", "wall_sit", "shoulder_flexion", "leg_raise", "heel_raise",
                         "single_leg_heel_raise", "single_leg_stance"})
    EXPECT_FALSE(sensor_places(with_id(id))) << id;
}

}  // namespace
}  // namespace reprise::exercises
