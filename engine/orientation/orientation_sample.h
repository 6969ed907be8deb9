// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "base/frames.h"

namespace reprise::engine {

/// One moment of an inertial sensor, in its own axes.
struct OrientationSample {
  Vec3<Sensor> acceleration_mps2;
  Vec3<Sensor> angular_velocity_radps;
  std::optional<Vec3<Sensor>> magnetic_field;  ///< any unit, calibrated; nullopt: no magnetometer

  /// Whether acceleration and angular velocity are finite.
  [[nodiscard]] bool is_finite() const {
    return acceleration_mps2.v.allFinite() && angular_velocity_radps.v.allFinite();
  }
};

}  // namespace reprise::engine
