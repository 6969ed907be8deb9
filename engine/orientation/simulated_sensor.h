// SPDX-License-Identifier: Apache-2.0
#pragma once

// For tests: what an inertial sensor on a moving body measures, with seeded noise.

#include <algorithm>
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

/// Rests for 3 s, then swings about all axes while it is carried to and fro.
inline BodyPose carried_limb(double t) {
  BodyPose pose;
  const double s = std::clamp(t - 3, 0.0, 1.0);
  const double ease = s * s * s * (10 - 15 * s + 6 * s * s);
  pose.attitude = about(Eigen::Vector3d::UnitY(), 0.8 * ease * std::sin(0.7 * t)) *
                  about(Eigen::Vector3d::UnitZ(), 0.6 * ease * std::sin(2 * t)) *
                  about(Eigen::Vector3d::UnitX(), 0.4 * ease * std::sin(1.3 * t));
  pose.position_m = Eigen::Vector3d(0.1, 0.05, 0.1) * ease * std::sin(4 * t);
  return pose;
}

/// With noise and a gyroscope bias, mounted anyhow.
inline SimulatedSensor noisy_sensor() {
  SimulatedSensor sensor;
  sensor.mounting = about({1, 2, 3}, 2.0);
  sensor.bias_radps = {0.02, -0.015, 0.01};
  sensor.acceleration_noise_mps2 = 0.05;
  sensor.angular_velocity_noise_radps = 0.005;
  return sensor;
}

}  // namespace reprise::engine::test
