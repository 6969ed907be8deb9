// SPDX-License-Identifier: Apache-2.0
#include "pipeline/opensim_body.h"

#include <gtest/gtest.h>

#include <Eigen/Geometry>
#include <random>

#include "engine/multibody/multibody_kinematics.h"
#include "engine/skeleton/joint_limits.h"

namespace reprise::pipeline {
namespace {

using engine::Dof;
using engine::Landmark;

/// Somewhere within three quarters of the limits.
engine::Posture some_posture(std::mt19937& random) {
  engine::Posture posture;
  for (std::size_t d = 0; d < engine::kDofCount; ++d) {
    const auto limits = engine::joint_limits(engine::dof_at(d));
    std::uniform_real_distribution<double> within{0.75 * limits.min.value(), 0.75 * limits.max.value()};
    posture[engine::dof_at(d)] = Radians{within(random)};
  }
  return posture;
}

TEST(OpenSimBody, HasItsLandmarksWhereTheBodyModelHasThem) {
  std::mt19937 random{7};
  const engine::BodyShape shape{.stature = Meters{1.81}};
  const auto model = engine::sorted_model(opensim_body(shape, 80));
  ASSERT_TRUE(model) << to_string(model.error());
  ASSERT_EQ(model->markers.size(), engine::kLandmarkCount);
  engine::MultibodyKinematics placed{*model};
  const Eigen::Vector3d hips{0.3, 0.9, -1.2};
  std::vector<double> before;
  for (int i = 0; i < 200; ++i) {
    const engine::Posture posture = some_posture(random);
    const Eigen::Matrix3d pelvis = engine::pelvis_turned(posture);
    const engine::PosedBody body = engine::pose_body(shape, pelvis, posture);
    before = opensim_coordinates(posture, pelvis, hips, before);
    placed.place(before);
    for (const engine::ModelMarker& marker : model->markers) {
      const Eigen::Vector3d at = placed.body(marker.body).in_ground * marker.position_m;
      const Eigen::Vector3d wanted = body.point_m[*engine::landmark_from_name(marker.name)] + hips;
      ASSERT_LT((at - wanted).norm(), 1e-9) << marker.name;
    }
  }
}

TEST(OpenSimBody, WeighsAsMuchAsThePerson) {
  const auto model = opensim_body({}, 72.5);
  double mass = 0;
  for (const engine::RigidBody& body : model.bodies) mass += body.mass_kg;
  EXPECT_NEAR(mass, 72.5, 1e-9);
  // Dempster's thigh: a tenth of the mass, radius of gyration 0.323 of its length.
  const engine::RigidBody& thigh = model.bodies[*model.body("left_thigh")];
  EXPECT_NEAR(thigh.mass_kg, 7.25, 1e-9);
  EXPECT_NEAR(thigh.inertia_kgm2(0, 0), 7.25 * std::pow(0.323 * 0.245 * 1.7, 2), 1e-9);
}

TEST(OpenSimBody, FollowsAnArmOverTheHead) {
  engine::Posture posture;
  std::vector<double> before;
  const auto model = opensim_body({}, 1);
  const std::size_t abduction = *model.coordinate("right_arm_abduction");
  for (int degrees = 0; degrees <= 170; degrees += 5) {
    posture[Dof::right_shoulder_abduction] = Degrees{static_cast<double>(degrees)};
    before = opensim_coordinates(posture, Eigen::Matrix3d::Identity(), {0, 0, 0}, before);
    EXPECT_NEAR(before[abduction], degrees * kPi / 180, 1e-6);
  }
}

TEST(OpenSimBody, ShowsOnlyWhatMovesAVisibleLandmark) {
  engine::PerLandmark<bool> seen;
  for (const Landmark l : {Landmark::left_hip, Landmark::right_hip, Landmark::left_knee}) seen[l] = true;
  const auto model = opensim_body({}, 1);
  const auto shown = shown_coordinates(seen);
  const auto is_shown = [&](const char* name) { return shown[*model.coordinate(name)]; };
  EXPECT_TRUE(is_shown("pelvis_tx"));
  EXPECT_TRUE(is_shown("left_hip_flexion"));
  EXPECT_FALSE(is_shown("left_hip_rotation"));
  EXPECT_FALSE(is_shown("left_knee_flexion"));
  EXPECT_FALSE(is_shown("right_hip_flexion"));
  EXPECT_FALSE(is_shown("left_arm_flexion"));
}

}  // namespace
}  // namespace reprise::pipeline
