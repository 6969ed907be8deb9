// SPDX-License-Identifier: Apache-2.0
#include "engine/multibody/body_scaling.h"

#include <gtest/gtest.h>

namespace reprise::engine {
namespace {

/// A solid cylinder along y.
RigidBody cylinder(double mass_kg, double radius_m, double length_m) {
  RigidBody body{"cylinder", mass_kg, {0.01, -0.2, 0.03}};
  const double across = mass_kg * (length_m * length_m / 12 + radius_m * radius_m / 4);
  body.inertia_kgm2.diagonal() << across, mass_kg * radius_m * radius_m / 2, across;
  return body;
}

TEST(ScaledBody, IsTheLargerCylinder) {
  const RigidBody scaled = scaled_body(cylinder(8, 0.07, 0.4), {1.1, 1.3, 1.1}, true);
  const double mass = 8 * 1.1 * 1.3 * 1.1;
  EXPECT_NEAR(scaled.mass_kg, mass, 1e-12);
  EXPECT_TRUE(scaled.inertia_kgm2.isApprox(cylinder(mass, 0.07 * 1.1, 0.4 * 1.3).inertia_kgm2, 1e-12));
  EXPECT_TRUE(scaled.mass_center_m.isApprox(Eigen::Vector3d{0.011, -0.26, 0.033}));
}

TEST(ScaledBody, KeepsItsMassWhereTheDistributionIsKept) {
  const RigidBody body = cylinder(8, 0.07, 0.4);
  const RigidBody scaled = scaled_body(body, {1.2, 1.2, 1.2}, false);
  EXPECT_EQ(scaled.mass_kg, 8);
  EXPECT_TRUE(scaled.inertia_kgm2.isApprox(1.44 * body.inertia_kgm2));
  EXPECT_TRUE(scaled_body(body, {1, 1, 1}, true).inertia_kgm2.isApprox(body.inertia_kgm2));
}

TEST(ScaledBody, ScalesProductsByTheirTwoAxes) {
  RigidBody body = cylinder(2, 0.1, 0.3);
  body.inertia_kgm2(0, 1) = body.inertia_kgm2(1, 0) = 0.001;
  const RigidBody scaled = scaled_body(body, {2, 3, 1}, false);
  EXPECT_NEAR(scaled.inertia_kgm2(0, 1), 0.006, 1e-15);
  EXPECT_NEAR(scaled.inertia_kgm2(1, 0), 0.006, 1e-15);
  body.mass_kg = 0;
  EXPECT_TRUE(scaled_body(body, {2, 3, 1}, true).inertia_kgm2.isZero());
}

}  // namespace
}  // namespace reprise::engine
