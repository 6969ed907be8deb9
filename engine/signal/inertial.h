// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "base/frames.h"
#include "base/units.h"

namespace reprise::engine {

/// One unbroken stretch of an inertial sensor's recording, at an even rate, in the sensor's own axes.
/// Acceleration is the specific force: at rest 9.81 m/s2 along the axis that points up.
struct InertialSamples {
  Hertz rate{100};
  std::vector<Vec3<Sensor>> acceleration_mps2;
  std::vector<Vec3<Sensor>> angular_velocity_radps;  ///< as many as accelerations; empty: no gyroscope
};

/// The same, without owning the samples.
struct InertialView {
  Hertz rate{100};
  std::span<const Vec3<Sensor>> acceleration_mps2;
  std::span<const Vec3<Sensor>> angular_velocity_radps;

  InertialView() = default;
  // NOLINTNEXTLINE(google-explicit-constructor)
  InertialView(const InertialSamples& samples)
      : rate(samples.rate),
        acceleration_mps2(samples.acceleration_mps2),
        angular_velocity_radps(samples.angular_velocity_radps) {}

  [[nodiscard]] std::size_t size() const { return acceleration_mps2.size(); }
  [[nodiscard]] bool has_gyroscope() const { return !angular_velocity_radps.empty(); }
  [[nodiscard]] Seconds duration() const { return period(rate) * static_cast<double>(size()); }
};

/// Standard gravity, CGPM 1901.
inline constexpr double kGravityMps2 = 9.80665;

}  // namespace reprise::engine
