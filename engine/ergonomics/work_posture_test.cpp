// SPDX-License-Identifier: Apache-2.0
#include "engine/ergonomics/work_posture.h"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/ergonomics/work_score.h"
#include "engine/kinematics/body_axes.h"
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
Pose pose_drawn(const std::vector<DofValue>& angles) {
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
  return *made->frames.front().pose;
}

WorkPosture posture_in(const Pose& pose) {
  return work_posture(pose, MeasureSet{pose},
                      [](Measure, Side) { return Radians{Degrees{kHalfWidthDeg}}.value(); });
}

WorkPosture posture_drawn(const std::vector<DofValue>& angles) {
  return posture_in(pose_drawn(angles));
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

// Of a bend beyond level the trunk's angle in the frontal plane turns to 180 degrees; its lean to the side
// does not.
TEST(WorkPosture, ABendBeyondLevelLeansToTheSideOnlyAsDrawn) {
  for (const double bend_deg : {0.0, 60.0, 90.0, 100.0, 105.0, 110.0, 120.0}) {
    const Pose upright = pose_drawn({{Dof::trunk_flexion, Degrees{bend_deg}}});
    for (const double lean_deg : {0.0, 12.0, -12.0}) {
      Pose pose = upright;
      const Vec3<Camera> trunk = mid_shoulders(pose) - mid_hips(pose);
      const Vec3<Camera> aside =
          (trunk.norm() * std::tan(Radians{Degrees{lean_deg}}.value())) * heading_axes(pose)->right;
      for (const Landmark shoulder : {Landmark::left_shoulder, Landmark::right_shoulder})
        pose.world_m[shoulder] = pose.world_m[shoulder] + aside;
      const WorkPosture seen = posture_in(pose);
      EXPECT_NEAR(middle_deg(seen.trunk_lateral_flexion), lean_deg, 0.5) << bend_deg;
      EXPECT_NEAR(middle_deg(seen.trunk_flexion), bend_deg, 1);
      const double width_rad = seen.trunk_lateral_flexion->most_rad - seen.trunk_lateral_flexion->least_rad;
      EXPECT_NEAR(to_degrees(Radians{width_rad}).value(), 2 * kHalfWidthDeg, 0.3) << bend_deg;
    }
    EXPECT_EQ(owas(posture_in(upright), {}).parts.front().scores, PossibleScores{bend_deg > 20 ? 2 : 1})
        << "a symmetric bend is not twisted";
  }
}

TEST(WorkPosture, AnArmOverheadIsNotExtended) {
  for (const double raised_deg : {150.0, 165.0, 180.0, 190.0}) {
    for (const auto& arms : {std::pair{Dof::left_shoulder_flexion, Dof::right_shoulder_flexion},
                             std::pair{Dof::left_shoulder_abduction, Dof::right_shoulder_abduction}}) {
      const WorkPosture seen =
          posture_drawn({{arms.first, Degrees{raised_deg}}, {arms.second, Degrees{raised_deg}}});
      for (const Side side : {Side::left, Side::right}) {
        const auto raised = rula(seen, side, {}).parts.front().measured.front();
        EXPECT_EQ(raised.what, "raised from the trunk");
        EXPECT_EQ(raised.points, PossibleScores{4}) << raised_deg;
        EXPECT_LE(raised.angle->most_rad, kPi);
      }
    }
  }
}

TEST(WorkPosture, AnAngleThatIsNotFiniteCountsAsNotSeen) {
  MovementDefinition still;
  still.keyframes = {{0, {}}, {1, {}}};
  const auto made = generate(still, {});
  ASSERT_TRUE(made);
  const Pose& pose = *made->frames.front().pose;
  const WorkPosture seen =
      work_posture(pose, MeasureSet{pose}, [](Measure, Side) { return std::optional{std::nan("")}; });
  EXPECT_FALSE(seen.trunk_flexion);
  EXPECT_FALSE(seen.trunk_lateral_flexion);
  EXPECT_FALSE(seen.arm(Side::left).elevation);
  EXPECT_FALSE(seen.arm(Side::left).raised);
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
