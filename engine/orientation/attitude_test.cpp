// SPDX-License-Identifier: Apache-2.0
#include "engine/orientation/attitude.h"

#include <gtest/gtest.h>

#include <cmath>

namespace reprise::engine {
namespace {

TEST(Attitude, RotationVectorsReturnFromQuaternions) {
  for (const double angle : {1e-12, 1e-4, 0.7, 3.1}) {
    const Eigen::Vector3d v = Eigen::Vector3d(1, -2, 2) / 3 * angle;
    EXPECT_LT((rotation_vector(rotation_of(v)) - v).norm(), 1e-12 + 1e-9 * angle) << angle;
  }
}

TEST(Attitude, TakesGravityToYWhateverTheMounting) {
  const Vec3<Sensor> up(-3, 5, 7);
  const Attitude attitude = attitude_of_up(up);
  EXPECT_NEAR((attitude * up).v.y(), up.norm(), 1e-12);
  EXPECT_NEAR(attitude.up().dot(up), up.norm(), 1e-12);
}

TEST(Attitude, UpsideDownIsNoSpecialCase) {
  EXPECT_NEAR((attitude_of_up(Vec3<Sensor>(0, -9.8, 0)) * Vec3<Sensor>(0, -1, 0)).v.y(), 1, 1e-12);
}

TEST(Attitude, TurnsByAConstantAngularVelocityExactly) {
  Attitude attitude;
  for (int i = 0; i < 100; ++i) attitude = turned(attitude, Vec3<Sensor>(0, kPi / 2, 0), Seconds{0.01});
  const Vec3<Level> x = attitude * Vec3<Sensor>(1, 0, 0);
  EXPECT_NEAR(x.v.z(), -1, 1e-9);  // a quarter to the left: x to -z
  EXPECT_NEAR(heading_change(Attitude{}, attitude).value(), kPi / 2, 1e-9);
}

TEST(Attitude, HeadingChangeIgnoresTilt) {
  const Attitude from{rotation_of({0, 0, 0.3})};
  const Attitude to{rotation_of({0, -0.5, 0}) * rotation_of({0, 0, 0.3})};
  EXPECT_NEAR(heading_change(from, to).value(), -0.5, 1e-12);
}

}  // namespace
}  // namespace reprise::engine
