// SPDX-License-Identifier: Apache-2.0
#include "engine/skeleton/skeleton.h"

#include <gtest/gtest.h>

#include <Eigen/Geometry>
#include <cmath>

namespace reprise::engine {
namespace {

/// Every degree of freedom slightly different, none at its zero.
Posture bent_everywhere() {
  Posture posture;
  for (std::size_t d = 0; d < kDofCount; ++d)
    posture[dof_at(d)] = Radians{0.2 + 0.6 * std::sin(1.7 * static_cast<double>(d))};
  return posture;
}

Eigen::Matrix3d some_root() {
  return (Eigen::AngleAxisd(0.4, Eigen::Vector3d(1, 2, -0.5).normalized())).toRotationMatrix();
}

TEST(PoseBody, StandsUprightInTheNeutralPosture) {
  const PosedBody body = pose_body({}, Eigen::Matrix3d::Identity(), {});
  const Proportions p;
  const double h = BodyShape{}.stature.value();
  EXPECT_NEAR(body.point_m[Landmark::left_ankle].y(), -(p.thigh + p.shank) * h, 1e-12);
  EXPECT_NEAR(body.point_m[Landmark::right_wrist].y(), (p.trunk - p.upper_arm - p.forearm) * h, 1e-12);
  EXPECT_NEAR(body.point_m[Landmark::right_shoulder].z(), p.half_shoulders * h, 1e-12);
  EXPECT_NEAR(body.point_m[Landmark::left_foot_index].x(), p.toe_ahead * h, 1e-12);
  EXPECT_LT(body.point_m[Landmark::left_eye].z(), 0) << "left is to the left";
  EXPECT_EQ(body.point_m[Landmark::nose].z(), 0);
}

// The fit's gradient. Central differences over 1e-6 rad err by the third derivative, below 1e-9 m.
TEST(PoseBody, VelocitiesAreTheSlopesOfThePoints) {
  const Posture posture = bent_everywhere();
  const PosedBody body = pose_body({}, some_root(), posture);
  constexpr double kStep = 1e-6;
  for (std::size_t i = 0; i < kLandmarkCount; ++i) {
    const auto landmark = static_cast<Landmark>(i);
    const auto chain = chain_of(landmark);
    for (std::size_t d = kFirstJointDof; d < kDofCount; ++d) {
      const Dof dof = dof_at(d);
      Posture more = posture;
      Posture less = posture;
      more[dof] += Radians{kStep};
      less[dof] -= Radians{kStep};
      const Eigen::Vector3d slope =
          (pose_body({}, some_root(), more).point_m[i] - pose_body({}, some_root(), less).point_m[i]) /
          (2 * kStep);
      const bool in_chain = std::find(chain.begin(), chain.end(), dof) != chain.end();
      const Eigen::Vector3d claimed = in_chain ? velocity(body, landmark, dof) : Eigen::Vector3d::Zero();
      EXPECT_LT((slope - claimed).norm(), 1e-8) << name(landmark) << " by " << name(dof);
    }
  }
}

TEST(PoseBody, PointsAreTheirLengthsTimesTheirColumns) {
  const BodyShape shape{Meters{1.83}, {}};
  const PosedBody body = pose_body(shape, some_root(), bent_everywhere());
  const auto lengths = lengths_m(shape);
  const Eigen::Map<const Eigen::Matrix<double, kLengthCount, 1>> vector(lengths.data());
  for (std::size_t i = 0; i < kLandmarkCount; ++i) {
    const Eigen::Vector3d sum = length_columns(body, static_cast<Landmark>(i)) * vector;
    EXPECT_LT((sum - body.point_m[i]).norm(), 1e-12) << name(static_cast<Landmark>(i));
  }
  const BodyShape back = shape_from_lengths(lengths, shape.stature);
  EXPECT_DOUBLE_EQ(back.proportions.eye_height, shape.proportions.eye_height);
  EXPECT_DOUBLE_EQ(back.proportions.shank, shape.proportions.shank);
}

TEST(ReadPelvis, ReadsWhatWasTurned) {
  Posture posture;
  posture[Dof::pelvis_tilt] = Degrees{-70};
  posture[Dof::pelvis_list] = Degrees{25};
  posture[Dof::pelvis_rotation] = Degrees{140};
  Posture read;
  read_pelvis(pelvis_turned(posture), read);
  for (const Dof dof : {Dof::pelvis_tilt, Dof::pelvis_list, Dof::pelvis_rotation})
    EXPECT_NEAR(read[dof].value(), posture[dof].value(), 1e-12) << name(dof);
  posture[Dof::pelvis_list] = Degrees{90};
  read_pelvis(pelvis_turned(posture), read);
  EXPECT_LT((pelvis_turned(read) - pelvis_turned(posture)).norm(), 1e-6) << "the same turn in other words";
}

}  // namespace
}  // namespace reprise::engine
