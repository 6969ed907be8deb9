// SPDX-License-Identifier: Apache-2.0
#pragma once

// For tests: a leg with a sensor on thigh and shank, simulated.

#include <algorithm>
#include <cmath>

#include "engine/orientation/simulated_sensor.h"

namespace reprise::engine::test {

/// 0 before `start`, 1 from a second later on, smooth.
inline double ease_in(double t, double start) {
  const double s = std::clamp(t - start, 0.0, 1.0);
  return s * s * s * (10 - 15 * s + 6 * s * s);
}

/// A leg that hangs from a hip at rest: seconds 0 to 3 upright, 3 to 11 swings as a whole, beginning
/// forward; then thigh and knee move against each other, while the person turns.
struct SimulatedLeg {
  static double thigh_rad(double t) {
    if (t < 11) return 0.5 * ease_in(t, 3) * ease_in(11 - t, 0) * std::sin(2.5 * (t - 3));
    return 0.6 * ease_in(t, 12) * (1 - std::cos(1.7 * (t - 12))) / 2;
  }
  static double knee_rad(double t) {
    if (t < 11) return 0.1 * thigh_rad(t);
    return -1.2 * ease_in(t, 12) * (1 - std::cos(2.3 * (t - 12))) / 2;
  }
  static double heading_rad(double t) { return t < 12 ? 0 : 0.6 * ease_in(t, 13) * std::sin(0.3 * (t - 13)); }

  static Eigen::Quaterniond thigh(double t) {
    return about(Eigen::Vector3d::UnitY(), heading_rad(t)) * about(Eigen::Vector3d::UnitZ(), thigh_rad(t));
  }
  static Eigen::Quaterniond shank(double t) {
    return thigh(t) * about(Eigen::Vector3d::UnitZ(), knee_rad(t));
  }
  static BodyPose thigh_sensor(double t) { return {thigh(t) * Eigen::Vector3d(0.05, -0.25, 0), thigh(t)}; }
  static BodyPose shank_sensor(double t) {
    return {thigh(t) * Eigen::Vector3d(0, -0.42, 0) + shank(t) * Eigen::Vector3d(0.03, -0.2, 0), shank(t)};
  }
};

inline SimulatedSensor leg_sensor(unsigned seed) {
  SimulatedSensor sensor;
  sensor.seed = seed;
  sensor.mounting = about(Eigen::Vector3d(0.3, 1, -0.4 * seed), 1.1 * seed);
  sensor.bias_radps = Eigen::Vector3d(0.017, -0.012, 0.01) * (seed == 1 ? 1 : -1);
  sensor.acceleration_noise_mps2 = 0.08;
  sensor.angular_velocity_noise_radps = 0.008;
  return sensor;
}

}  // namespace reprise::engine::test
