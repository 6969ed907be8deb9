// SPDX-License-Identifier: Apache-2.0
#include "engine/inverse_kinematics/live_fit.h"

#include <gtest/gtest.h>

#include "engine/synthesis/generate.h"

namespace reprise::engine {
namespace {

GeneratedMovement knee_bends(double noise_m) {
  const std::vector<DofValue> down = {{Dof::pelvis_tilt, Degrees{30}},
                                      {Dof::left_hip_flexion, Degrees{90}},
                                      {Dof::right_hip_flexion, Degrees{90}},
                                      {Dof::left_knee_flexion, Degrees{95}},
                                      {Dof::right_knee_flexion, Degrees{95}}};
  MovementDefinition definition;
  definition.keyframes = {{0, {}}, {0.5, down}, {1, {}}};
  GenerateOptions options;
  options.repetitions = 3;
  options.noise = Meters{noise_m};
  options.camera.azimuth = Degrees{-60};
  return *generate(definition, options);
}

double thigh_m(const Pose& pose) {
  return (pose.world_m[Landmark::left_knee] - pose.world_m[Landmark::left_hip]).norm();
}

TEST(LiveFit, SteadiesTheSegmentsOnceItKnowsThem) {
  const GeneratedMovement movement = knee_bends(0.01);
  const GeneratedMovement truth = knee_bends(0);
  LiveFit live;
  double off = 0;
  double raw_off = 0;
  for (std::size_t i = 0; i < movement.frames.size(); ++i) {
    const auto pose = live.step(movement.frames[i]);
    ASSERT_TRUE(pose);
    if (i < 150) continue;
    EXPECT_NEAR(thigh_m(*pose), live.shape()->proportions.thigh * live.shape()->stature.value(), 1e-9);
    for (std::size_t l = 0; l < kLandmarkCount; ++l) {
      const auto& true_point = truth.frames[i].pose->world_m[l].v;
      off += (pose->world_m[l].v - true_point).squaredNorm();
      raw_off += (movement.frames[i].pose->world_m[l].v - true_point).squaredNorm();
    }
  }
  EXPECT_LT(off, 0.8 * raw_off) << "nearer to the truth than what it was given";
}

TEST(LiveFit, ShowsWhatItGetsUntilItKnowsTheBody) {
  const GeneratedMovement movement = knee_bends(0.01);
  LiveFit live;
  for (std::size_t i = 0; i < 20; ++i) {
    EXPECT_EQ(thigh_m(*live.step(movement.frames[i])), thigh_m(*movement.frames[i].pose));
    EXPECT_FALSE(live.shape());
  }
}

TEST(LiveFit, SaysNothingWhereNobodyIs) {
  LiveFit live;
  EXPECT_FALSE(live.step(PoseFrame{}));
}

}  // namespace
}  // namespace reprise::engine
