// SPDX-License-Identifier: Apache-2.0
#pragma once

// For tests: what an inertial sensor on a moving body measures, with seeded noise.

#include <cmath>
#include <functional>
#include <random>

#include "engine/orientation/attitude.h"
#include "engine/signal/inertial.h"
#include "engine/signal/test_noise.h"

namespace reprise::engine::test {

/// Position (m) and attitude of a body in level axes at a time (s).
struct BodyPose {
  Eigen::Vector3d position_m = Eigen::Vector3d::Zero();
  Eigen::Quaterniond attitude = Eigen::Quaterniond::Identity();
};

struct SimulatedSensor {
  Eigen::Quaterniond mounting = Eigen::Quaterniond::Identity();  ///< sensor to body
  Eigen::Vector3d bias_radps = Eigen::Vector3d::Zero();
  double acceleration_noise_mps2 = 0;
  double angular_velocity_noise_radps = 0;
  unsigned seed = 1;
};

/// Differences over half a millisecond each way; position and attitude must be smooth.
inline InertialSamples simulate(const std::function<BodyPose(double)>& body, Seconds duration, Hertz rate,
                                const SimulatedSensor& sensor = {}) {
  std::mt19937 generator(sensor.seed);
  test::NormalNoise normal;
  // In braces, so that every compiler draws in the same order.
  const auto noise = [&] { return Eigen::Vector3d{normal(generator), normal(generator), normal(generator)}; };
  InertialSamples samples;
  samples.rate = rate;
  const auto count = static_cast<std::size_t>(duration.value() * rate.value());
  constexpr double h = 5e-4;
  for (std::size_t i = 0; i < count; ++i) {
    const double t = static_cast<double>(i) / rate.value();
    const BodyPose before = body(t - h);
    const BodyPose now = body(t);
    const BodyPose after = body(t + h);
    const Eigen::Quaterniond to_sensor = (now.attitude * sensor.mounting).conjugate();
    const Eigen::Vector3d a = (after.position_m - 2 * now.position_m + before.position_m) / (h * h);
    const Eigen::Vector3d w = rotation_vector(after.attitude * before.attitude.conjugate()) / (2 * h);
    samples.acceleration_mps2.emplace_back(to_sensor * (a + Eigen::Vector3d(0, kGravityMps2, 0)) +
                                           noise() * sensor.acceleration_noise_mps2);
    samples.angular_velocity_radps.emplace_back(to_sensor * w + sensor.bias_radps +
                                                noise() * sensor.angular_velocity_noise_radps);
  }
  return samples;
}

/// A turn about an axis of the level frame.
inline Eigen::Quaterniond about(const Eigen::Vector3d& axis, double angle_rad) {
  return rotation_of(axis.normalized() * angle_rad);
}

}  // namespace reprise::engine::test
