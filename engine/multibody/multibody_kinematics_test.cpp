// SPDX-License-Identifier: Apache-2.0
#include "engine/multibody/multibody_kinematics.h"

#include <gtest/gtest.h>

#include <Eigen/Geometry>

#include "engine/multibody/test_models.h"

namespace reprise::engine {
namespace {

using Eigen::Vector3d;

const std::vector<double> kLimbPose = {0.3, -0.2, 0.5, 0.1, 0.9, -0.3, 0.4, -0.3, 0.6};

TEST(MultibodyKinematics, PlacesADoublePendulum) {
  const MultibodyModel model = double_pendulum();
  MultibodyKinematics kinematics{model};
  kinematics.place(std::vector{kPi / 2, -kPi / 2});
  // The upper rod points along x, the lower one hangs down from its end.
  EXPECT_LT((kinematics.body(2).in_ground * Vector3d{0, -0.3, 0} - Vector3d{0.5, -0.3, 0}).norm(), 1e-12);
  EXPECT_EQ(kinematics.path(2).size(), 2U);
  EXPECT_EQ(model.joints.front().name, "shoulder");  // sorted towards the ground
}

TEST(MultibodyKinematics, HasSlopesThatMatchDifferences) {
  const MultibodyModel model = free_limb();
  MultibodyKinematics kinematics{model};
  const Vector3d local{0.05, -0.3, 0.02};
  kinematics.place(kLimbPose);
  Eigen::MatrixXd slopes = Eigen::MatrixXd::Zero(3, 9);
  kinematics.add_point_slopes(2, kinematics.body(2).in_ground * local, 1, slopes);
  constexpr double kStep = 1e-6;
  for (std::size_t c = 0; c < 9; ++c) {
    std::vector<double> q = kLimbPose;
    q[c] += kStep;
    kinematics.place(q);
    const Vector3d after = kinematics.body(2).in_ground * local;
    q[c] -= 2 * kStep;
    kinematics.place(q);
    const Vector3d before = kinematics.body(2).in_ground * local;
    EXPECT_LT((slopes.col(static_cast<Eigen::Index>(c)) - (after - before) / (2 * kStep)).norm(), 1e-8) << c;
  }
}

TEST(MultibodyKinematics, HasVelocitiesAndAccelerationsThatMatchDifferences) {
  const MultibodyModel model = free_limb();
  MultibodyKinematics kinematics{model};
  const std::vector<double> rates = {1, -0.5, 0.7, 0.2, -0.3, 0.4, 1.5, -1.1, 0.9};
  const std::vector<double> bends = {0.3, 2, -1, 0.5, -2, 1, -3, 2, 4};
  const auto at = [&](double t) {
    std::vector<double> q(9);
    for (std::size_t c = 0; c < 9; ++c) q[c] = kLimbPose[c] + rates[c] * t + bends[c] * t * t / 2;
    kinematics.place(q);
    return kinematics.body(2).in_ground;
  };
  constexpr double kStep = 1e-4;
  const RigidTransform before = at(-kStep), now = at(0), after = at(kStep);
  kinematics.move(kLimbPose, rates, bends);
  const BodyMotion& moved = kinematics.body(2);
  const auto slope = [&](const auto& a, const auto& b) { return ((b - a) / (2 * kStep)).eval(); };
  const auto bend = [&](const auto& a, const auto& m, const auto& b) {
    return ((a - 2 * m + b) / (kStep * kStep)).eval();
  };
  EXPECT_LT((moved.velocity_mps - slope(before.position_m, after.position_m)).norm(), 1e-6);
  EXPECT_LT((moved.acceleration_mps2 - bend(before.position_m, now.position_m, after.position_m)).norm(),
            1e-5);
  // A rotation's derivative is the cross product of the angular velocity with each of its axes.
  for (Eigen::Index axis = 0; axis < 3; ++axis) {
    const Vector3d a = before.rotation.col(axis), m = now.rotation.col(axis), b = after.rotation.col(axis);
    const Vector3d& w = moved.angular_velocity_radps;
    EXPECT_LT((w.cross(m) - slope(a, b)).norm(), 1e-6);
    EXPECT_LT((moved.angular_acceleration_radps2.cross(m) + w.cross(w.cross(m)) - bend(a, m, b)).norm(),
              1e-5);
  }
}

TEST(MultibodyKinematics, PutsAnEllipsoidsPointWhereItsNormalIs) {
  MultibodyModel model;
  model.bodies = {{.name = "ground"}, {.name = "scapula"}};
  model.coordinates = {coordinate_named("x"), coordinate_named("y")};
  MultibodyJoint joint{.name = "glide", .parent = 0, .child = 1};
  joint.motions = {{JointMotion::Kind::ellipsoid, {0.1, 0.2, 0.3}, 0, 1, {}},
                   turn_about(Vector3d::UnitX(), 0),
                   turn_about(Vector3d::UnitY(), 1)};
  model.joints = {joint};
  MultibodyKinematics kinematics{model};
  kinematics.place(std::vector{0.4, -0.7});
  const RigidTransform& at = kinematics.body(1).in_ground;
  EXPECT_LT((at.position_m - Vector3d{0.1, 0.2, 0.3}.cwiseProduct(at.rotation.col(2))).norm(), 1e-12);
}

TEST(MultibodyModel, RefusesWhatIsNoTree) {
  MultibodyModel model = double_pendulum();
  model.joints.push_back(model.joints.front());
  EXPECT_EQ(sorted_model(model).error().code, ErrorCode::unsupported);
  model.joints.pop_back();
  model.joints.front().parent = 2;  // a loop of both bodies
  const auto looped = sorted_model(model);
  ASSERT_FALSE(looped);
  EXPECT_NE(looped.error().cause.find("'upper'"), std::string::npos);
  model = double_pendulum();
  model.joints.front().motions.front().axis *= 2;
  EXPECT_EQ(sorted_model(model).error().code, ErrorCode::invalid_argument);
  model = double_pendulum();
  model.markers.front().body = 9;
  EXPECT_EQ(sorted_model(model).error().code, ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace reprise::engine
