// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/units.h"
#include "engine/gait/lower_back_bout.h"

namespace reprise::engine {

/// The directions of a walk in the sensor's axes, unit length, at right angles to each other.
struct WalkingAxes {
  Vec3<Sensor> up;
  Vec3<Sensor> forward;  ///< antero-posterior
  Vec3<Sensor> right;    ///< medio-lateral
  /// How differently both horizontal axes repeat, 0 (no difference: the axes are a guess) to 2.
  double certainty = 0;
};

namespace detail {

/// Finds a walk's axes from the acceleration alone, however the sensor is mounted. Up: gravity. Fore and aft
/// movement repeats with every step, sideways movement is mirrored: of the horizontal directions, the
/// antero-posterior one has the largest autocovariance at the lag of a step, the medio-lateral one the least.
/// Forward is where the acceleration points just before the trunk's acceleration upward is greatest, as an
/// inverted pendulum is fastest where it is lowest. Our own derivation. Empty if there is no movement or the
/// bout is shorter than two steps.
[[nodiscard]] std::optional<WalkingAxes> walking_axes(const BoutSignals& bout, Seconds step_time);

/// The bout (without margins) along the axes, m/s2; the vertical one less gravity.
struct WalkingAcceleration {
  std::vector<double> vertical_mps2;
  std::vector<double> forward_mps2;
  std::vector<double> right_mps2;
};
[[nodiscard]] WalkingAcceleration along_axes(const BoutSignals& bout, const WalkingAxes& axes);

}  // namespace detail

}  // namespace reprise::engine
