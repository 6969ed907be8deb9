// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>
#include <functional>
#include <random>
#include <vector>

#include "base/frames.h"
#include "base/units.h"
#include "engine/signal/inertial.h"
#include "engine/signal/test_noise.h"

// Simulated sensors at a simulated pelvis: truth for tests. Nothing here is a person's.
namespace reprise::engine::virtual_lower_back {

/// World: x forward at the start, y up, z to the right.
struct Pelvis {
  Eigen::Vector3d position_m = Eigen::Vector3d::Zero();
  double heading_rad = 0;  ///< to the left
  double flexion_rad = 0;  ///< forward
  double list_rad = 0;     ///< to the right
};

using Trajectory = std::function<Pelvis(double time_s)>;

struct SensorModel {
  Hertz rate{100};
  /// Takes the pelvis's axes (x forward, y up, z right) to the sensor's.
  Eigen::Matrix3d mounting = Eigen::Matrix3d::Identity();
  double acceleration_noise_mps2 = 0.05;
  double rotation_noise_radps = 0.005;
  bool gyroscope = true;
  unsigned seed = 7;
};

inline Eigen::Matrix3d orientation_of(const Pelvis& pelvis) {
  return (Eigen::AngleAxisd(pelvis.heading_rad, Eigen::Vector3d::UnitY()) *
          Eigen::AngleAxisd(-pelvis.flexion_rad, Eigen::Vector3d::UnitZ()) *
          Eigen::AngleAxisd(pelvis.list_rad, Eigen::Vector3d::UnitX()))
      .toRotationMatrix();
}

/// What a sensor at this pelvis measures: R' (a - g) and the angular velocity, by central differences, with
/// noise.
inline InertialSamples measured(const Trajectory& trajectory, double duration_s,
                                const SensorModel& model = {}) {
  std::mt19937 random(model.seed);
  test::NormalNoise noise(0, 1);
  const auto shake = [&](double size) -> Eigen::Vector3d {
    const double x = noise(random);
    const double y = noise(random);
    return {size * x, size * y, size * noise(random)};
  };
  InertialSamples samples;
  samples.rate = model.rate;
  constexpr double kStepS = 1e-3;
  for (int i = 0; i / model.rate.value() < duration_s; ++i) {
    const double t = i / model.rate.value();
    const Pelvis before = trajectory(t - kStepS);
    const Pelvis now = trajectory(t);
    const Pelvis after = trajectory(t + kStepS);
    const Eigen::Vector3d a = (after.position_m - 2 * now.position_m + before.position_m) / (kStepS * kStepS);
    const Eigen::Vector3d force = a + Eigen::Vector3d(0, kGravityMps2, 0);
    const Eigen::Matrix3d turn = orientation_of(before).transpose() * orientation_of(after);
    const Eigen::AngleAxisd rotation(turn);
    const Eigen::Vector3d omega = rotation.angle() * rotation.axis() / (2 * kStepS);
    samples.acceleration_mps2.emplace_back(Eigen::Vector3d(
        model.mounting * (orientation_of(now).transpose() * force) + shake(model.acceleration_noise_mps2)));
    if (!model.gyroscope) continue;
    samples.angular_velocity_radps.emplace_back(
        Eigen::Vector3d(model.mounting * omega + shake(model.rotation_noise_radps)));
  }
  return samples;
}

/// From 0 to 1 while `t` goes from `start` to `end`, with the least jerk.
inline double smooth_step(double t, double start, double end) {
  const double s = std::clamp((t - start) / (end - start), 0.0, 1.0);
  return s * s * s * (10 - 15 * s + 6 * s * s);
}

/// Level gait on a straight line. Contacts are at start + k / step rate, the right foot first.
struct Gait {
  double start_s = 2;
  double steps = 20;
  double steps_per_s = 1.8;
  double speed_mps = 1.2;
  double rise_m = 0.035;  ///< of the pelvis, from lowest (contact) to highest

  [[nodiscard]] double end_s() const { return start_s + steps / steps_per_s; }

  /// How much of the gait is on at `t`: it sets in and ends within half a step.
  [[nodiscard]] double amount(double t) const {
    const double half = 0.5 / steps_per_s;
    return smooth_step(t, start_s - half, start_s) - smooth_step(t, end_s(), end_s() + half);
  }

  /// Adds the gait's movement to a pelvis that advances along its heading by itself.
  void add_to(Pelvis& pelvis, double t) const {
    const double step = 2 * kPi * steps_per_s * (t - start_s);
    const double on = amount(t);
    const Eigen::Vector3d forward(std::cos(pelvis.heading_rad), 0, -std::sin(pelvis.heading_rad));
    const Eigen::Vector3d right(std::sin(pelvis.heading_rad), 0, std::cos(pelvis.heading_rad));
    pelvis.position_m.y() -= on * rise_m / 2 * std::cos(step);
    // Fastest where lowest; to the standing foot's side in single support.
    pelvis.position_m += forward * (on * 0.008 * std::sin(step)) + right * (on * 0.02 * std::sin(step / 2));
    pelvis.heading_rad += on * 0.05 * std::sin(step / 2);
  }
};

inline Trajectory straight_walk(const Gait& gait) {
  return [gait](double t) {
    Pelvis pelvis;
    const double duration = gait.end_s() - gait.start_s;
    // The speed rises and falls within 0.6 s around both ends.
    const auto run_up = [](double u) {
      const double x = std::clamp(u / 0.6, 0.0, 1.0);
      return u <= 0 ? 0 : (u >= 0.6 ? u - 0.3 : 0.6 * (x * x * x * x * (2.5 - 3 * x + x * x)));
    };
    pelvis.position_m.x() =
        gait.speed_mps * (run_up(t - gait.start_s + 0.3) - run_up(t - gait.start_s + 0.3 - duration));
    gait.add_to(pelvis, t);
    return pelvis;
  };
}

}  // namespace reprise::engine::virtual_lower_back
