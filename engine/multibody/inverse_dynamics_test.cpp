// SPDX-License-Identifier: Apache-2.0
#include "engine/multibody/inverse_dynamics.h"

#include <gtest/gtest.h>

#include <Eigen/Geometry>

#include "engine/multibody/test_models.h"

namespace reprise::engine {
namespace {

using Eigen::Vector3d;

constexpr double kGravity = 9.80665;

TEST(InverseDynamics, HoldsADoublePendulumAgainstGravity) {
  const MultibodyModel model = double_pendulum();
  MultibodyKinematics kinematics{model};
  const std::vector<double> rest(2, 0);
  kinematics.move(std::vector{kPi / 2, 0.0}, rest, rest);
  const auto forces = generalized_forces(kinematics, {});
  EXPECT_NEAR(forces[1], 1 * kGravity * 0.3, 1e-9);
  EXPECT_NEAR(forces[0], 2 * kGravity * 0.4 + 1 * kGravity * 0.8, 1e-9);
}

TEST(InverseDynamics, HasTheTorquesOfADoublePendulumsEquation) {
  const MultibodyModel model = double_pendulum();
  MultibodyKinematics kinematics{model};
  const double q1 = 0.7, q2 = -1.1, r1 = 2, r2 = -3, b1 = 5, b2 = -4;
  kinematics.move(std::vector{q1, q2}, std::vector{r1, r2}, std::vector{b1, b2});
  const auto forces = generalized_forces(kinematics, {});
  // The textbook's equation of two rods with angles counted from one another.
  const double m1 = 2, m2 = 1, c1 = 0.4, c2 = 0.3, l1 = 0.5, i1 = 0.03, i2 = 0.02;
  const double h = m2 * l1 * c2 * std::sin(q2);
  const double m12 = i2 + m2 * (c2 * c2 + l1 * c2 * std::cos(q2));
  const double m11 = i1 + m1 * c1 * c1 + i2 + m2 * (l1 * l1 + c2 * c2 + 2 * l1 * c2 * std::cos(q2));
  const double m22 = i2 + m2 * c2 * c2;
  const double g2 = m2 * kGravity * c2 * std::sin(q1 + q2);
  const double g1 = (m1 * c1 + m2 * l1) * kGravity * std::sin(q1) + g2;
  EXPECT_NEAR(forces[0], m11 * b1 + m12 * b2 - h * (2 * r1 * r2 + r2 * r2) + g1, 1e-9);
  EXPECT_NEAR(forces[1], m12 * b1 + m22 * b2 + h * r1 * r1 + g2, 1e-9);
}

double energy(const MultibodyKinematics& kinematics) {
  double sum = 0;
  for (std::size_t b = 1; b < kinematics.model().bodies.size(); ++b) {
    const RigidBody& body = kinematics.model().bodies[b];
    const BodyMotion& motion = kinematics.body(b);
    const Vector3d arm = motion.in_ground.rotation * body.mass_center_m;
    const Vector3d velocity = motion.velocity_mps + motion.angular_velocity_radps.cross(arm);
    const Vector3d turning = motion.in_ground.rotation.transpose() * motion.angular_velocity_radps;
    sum += body.mass_kg * velocity.squaredNorm() / 2 + turning.dot(body.inertia_kgm2 * turning) / 2 +
           body.mass_kg * kGravity * (motion.in_ground.position_m + arm).y();
  }
  return sum;
}

TEST(InverseDynamics, HasThePowerThatTheEnergyGains) {
  const MultibodyModel model = free_limb();
  MultibodyKinematics kinematics{model};
  const std::vector<double> start = {0.3, -0.2, 0.5, 0.1, 0.9, -0.3, 0.4, -0.3, 0.6};
  const std::vector<double> rates = {1, -0.5, 0.7, 0.2, -0.3, 0.4, 1.5, -1.1, 0.9};
  const std::vector<double> bends = {0.3, 2, -1, 0.5, -2, 1, -3, 2, 4};
  const auto energy_at = [&](double t) {
    std::vector<double> q(9), r(9);
    for (std::size_t c = 0; c < 9; ++c) {
      q[c] = start[c] + rates[c] * t + bends[c] * t * t / 2;
      r[c] = rates[c] + bends[c] * t;
    }
    kinematics.move(q, r, bends);
    return energy(kinematics);
  };
  constexpr double kStep = 1e-5;
  const double gained = (energy_at(kStep) - energy_at(-kStep)) / (2 * kStep);
  kinematics.move(start, rates, bends);
  const auto forces = generalized_forces(kinematics, {});
  double power = 0;
  for (std::size_t c = 0; c < 9; ++c) power += forces[c] * rates[c];
  EXPECT_NEAR(power, gained, 1e-5 * std::abs(gained));
}

TEST(InverseDynamics, SubtractsExternalForces) {
  const MultibodyModel model = double_pendulum();
  MultibodyKinematics kinematics{model};
  const std::vector<double> rest(2, 0);
  kinematics.move(std::vector{kPi / 2, 0.0}, rest, rest);
  // The ground holds the lower rod's mass center up, and twists it.
  const ExternalForce held{2, {0, 1 * kGravity, 0}, {0.8, 0, 0}, {0, 0, 0.25}};
  const auto forces = generalized_forces(kinematics, std::vector{held});
  EXPECT_NEAR(forces[1], -0.25, 1e-9);
  EXPECT_NEAR(forces[0], 2 * kGravity * 0.4 - 0.25, 1e-9);
}

}  // namespace
}  // namespace reprise::engine
