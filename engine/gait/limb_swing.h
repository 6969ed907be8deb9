// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>

#include "base/units.h"
#include "engine/signal/inertial.h"
#include "engine/signal/resample.h"

namespace reprise::engine {

/// A sensor that swings with a leg or an arm: a phone in a trouser pocket or in the hand.
struct LimbSwing {
  Hertz stride_rate{1};
  Radians angle{0};  ///< to each side
};

/// Unsourced defaults.
struct LimbSwingOptions {
  /// A trunk tilts less. On recorded walks (SIMULATED sensors) pelvis and chest by 5 degrees or less, a thigh
  /// by 24, a hanging hand by 42.
  Radians least_angle = Degrees{12};
  double least_repetition = 0.4;  ///< correlation of the angular velocity with itself a stride later
  Seconds shortest_stride{0.7};
  Seconds longest_stride{2.2};
};

/// Finds whether a sensor swings while its wearer walks, and how often: the part of its angular velocity
/// across `up` that comes again a stride later. Empty: it moves with the trunk, has no gyroscope, or `range`
/// is shorter than two of the longest strides. Precondition: `up` has a direction for each sample, `range`
/// lies within.
[[nodiscard]] std::optional<LimbSwing> limb_swing(const InertialView& samples,
                                                  std::span<const Vec3<Sensor>> up, SampleRange range,
                                                  const LimbSwingOptions& options = {});

}  // namespace reprise::engine
