// SPDX-License-Identifier: Apache-2.0
#include "engine/ergonomics/work_posture.h"

#include <gtest/gtest.h>

#include "engine/synthesis/generate.h"

namespace reprise::engine {
namespace {

constexpr double kHalfWidthDeg = 4;

double middle_deg(const std::optional<AngleRange>& angle) {
  if (!angle) {
    ADD_FAILURE() << "not measured";
    return 0;
  }
  return to_degrees(Radians{(angle->least_rad + angle->most_rad) / 2}).value();
}

// Of a drawn person who stands still and faces the picture's right edge.
WorkPosture posture_drawn(const std::vector<DofValue>& angles) {
  MovementDefinition still;
  still.keyframes = {{0, angles}, {1, angles}};
  GenerateOptions options;
  options.repetitions = 1;
  options.camera.azimuth = Degrees{90};
  const auto made = generate(still, options);
  if (!made) {
    ADD_FAILURE() << to_string(made.error());
    return {};
  }
  const Pose& pose = *made->frames.front().pose;
  return work_posture(pose, MeasureSet{pose},
                      [](Measure, Side) { return Radians{Degrees{kHalfWidthDeg}}.value(); });
}

TEST(WorkPosture, ReadsDrawnAngles) {
  const WorkPosture seen = posture_drawn({{Dof::trunk_flexion, Degrees{30}},
                                          {Dof::right_elbow_flexion, Degrees{70}},
                                          {Dof::left_knee_flexion, Degrees{50}},
                                          {Dof::right_shoulder_flexion, Degrees{60}}});
  EXPECT_NEAR(middle_deg(seen.trunk_flexion), 30, 0.5);
  EXPECT_NEAR(middle_deg(seen.arm(Side::right).elbow_flexion), 70, 0.5);
  EXPECT_NEAR(middle_deg(seen.knee_flexion[0]), 50, 0.5);
  EXPECT_NEAR(middle_deg(seen.arm(Side::right).elevation), 60, 0.5);
  EXPECT_NEAR(middle_deg(seen.arm(Side::right).raised), 30, 0.5) << "the trunk leans 30 degrees forward";
  EXPECT_GT(seen.arm(Side::right).ahead->least_rad, 0);
}

TEST(WorkPosture, TellsFlexionExtensionAndAbduction) {
  const WorkPosture seen = posture_drawn(
      {{Dof::left_shoulder_flexion, Degrees{-40}}, {Dof::right_shoulder_abduction, Degrees{80}}});
  EXPECT_NEAR(middle_deg(seen.arm(Side::left).elevation), 40, 0.5);
  EXPECT_LT(seen.arm(Side::left).ahead->most_rad, 0);
  EXPECT_NEAR(middle_deg(seen.arm(Side::right).abduction), 80, 0.5);
  EXPECT_NEAR(middle_deg(seen.arm(Side::left).abduction), 0, 1);
  EXPECT_NEAR(middle_deg(seen.arm(Side::right).ahead), 0, 1);
}

TEST(WorkPosture, AsMeasuredIsTheMiddleOfEachInterval) {
  const WorkPosture seen = posture_drawn({{Dof::trunk_flexion, Degrees{30}}});
  const WorkPosture middle = as_measured(seen);
  EXPECT_EQ(middle.trunk_flexion->least_rad, middle.trunk_flexion->most_rad);
  EXPECT_NEAR(middle_deg(middle.trunk_flexion), middle_deg(seen.trunk_flexion), 1e-9);
  EXPECT_EQ(middle.arm(Side::left).elevation->least_rad, middle.arm(Side::left).elevation->most_rad);
  EXPECT_FALSE(as_measured({}).neck_flexion);
}

TEST(WorkPosture, AMeasureWithoutAHalfWidthCountsAsNotSeen) {
  Pose pose;
  const WorkPosture seen =
      work_posture(pose, MeasureSet{}, [](Measure, Side) { return std::optional<double>{}; });
  EXPECT_FALSE(seen.trunk_flexion);
  EXPECT_FALSE(seen.arm(Side::left).elevation);
  EXPECT_FALSE(seen.arm(Side::left).raised);
}

}  // namespace
}  // namespace reprise::engine
