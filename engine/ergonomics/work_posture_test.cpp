// SPDX-License-Identifier: Apache-2.0
#include "engine/ergonomics/work_posture.h"

#include <gtest/gtest.h>

#include "engine/skeleton/skeleton.h"

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

WorkPosture posture_drawn(const Posture& posture) {
  const BodyShape shape;
  Pose pose;
  const auto drawn = pose_body(shape, pelvis_turned(posture), posture);
  for (std::size_t l = 0; l < kLandmarkCount; ++l) {
    const Eigen::Vector3d p = drawn.point_m[l];
    // From a room of forward, up and right to the camera's, which the person walks across to the right.
    pose.world_m[l] = Vec3<Camera>{p.x(), -p.y(), -p.z()};
    pose.visibility[l] = 1;
  }
  return work_posture(pose, MeasureSet{pose},
                      [](Measure, Side) { return Radians{Degrees{kHalfWidthDeg}}.value(); });
}

TEST(WorkPosture, ReadsDrawnAngles) {
  Posture posture;
  posture[Dof::pelvis_tilt] = Degrees{30};
  posture[Dof::right_elbow_flexion] = Degrees{70};
  posture[Dof::left_knee_flexion] = Degrees{50};
  posture[Dof::right_shoulder_flexion] = Degrees{60};
  const WorkPosture seen = posture_drawn(posture);
  EXPECT_NEAR(middle_deg(seen.trunk_flexion), 30, 0.5);
  EXPECT_NEAR(middle_deg(seen.arm(Side::right).elbow_flexion), 70, 0.5);
  EXPECT_NEAR(middle_deg(seen.knee_flexion[0]), 50, 0.5);
  EXPECT_NEAR(middle_deg(seen.arm(Side::right).elevation), 60, 0.5);
  EXPECT_NEAR(middle_deg(seen.arm(Side::right).raised), 30, 0.5) << "the trunk leans 30 degrees forward";
  EXPECT_FALSE(seen.arm(Side::right).may_be_behind);
}

TEST(WorkPosture, TellsFlexionExtensionAndAbduction) {
  Posture posture;
  posture[Dof::left_shoulder_flexion] = Degrees{-40};
  posture[Dof::right_shoulder_abduction] = Degrees{80};
  const WorkPosture seen = posture_drawn(posture);
  EXPECT_NEAR(middle_deg(seen.arm(Side::left).elevation), 40, 0.5);
  EXPECT_FALSE(seen.arm(Side::left).may_be_ahead);
  EXPECT_NEAR(middle_deg(seen.arm(Side::right).abduction), 80, 0.5);
  EXPECT_NEAR(middle_deg(seen.arm(Side::left).abduction), 0, 1);
  EXPECT_TRUE(seen.arm(Side::right).may_be_ahead && seen.arm(Side::right).may_be_behind);
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
