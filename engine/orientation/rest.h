// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "engine/signal/inertial.h"
#include "engine/signal/resample.h"

namespace reprise::engine {

struct RestOptions {
  Seconds window{0.25};  ///< over which a sensor must be still. Unsourced default
  /// Standard deviation of the acceleration (all axes together). Unsourced default: between a sensor's noise
  /// (about 0.03) and the sway of a standing foot.
  double max_acceleration_sd_mps2 = 0.2;
  /// Standard deviation of the angular velocity: a bias does not count. Unsourced default
  double max_angular_velocity_sd_radps = 0.035;
  /// Mean angular velocity: above, the sensor turns evenly, and no gyroscope has such a bias. Unsourced
  double max_bias_radps = 0.175;
  Seconds shortest{0.25};  ///< shorter rests are left out. Unsourced default
};

/// Checks an inertial recording as every measure needs it: rate positive, samples finite, as many angular
/// velocities as accelerations or none. `stage` names the step in the error.
/// Errors: invalid_argument, nothing_measured (no sample).
[[nodiscard]] Result<void> check_inertial(const InertialView& samples, std::string_view stage);

/// Finds where the sensor is still (zero velocity): both standard deviations over a moving window around
/// a sample are below their limits. Without a gyroscope the acceleration decides alone. Method: moving window
/// with a threshold on the signal's norm, as gaitmap's NormZuptDetector; here by deviation from the window's
/// mean, so that a gyroscope's bias does not hide a rest. Samples [begin, end), in order; empty if it never
/// rests. Errors: as check_inertial.
[[nodiscard]] Result<std::vector<SampleRange>> find_rests(const InertialView& samples,
                                                          const RestOptions& options = {});

/// The gyroscope's reading at rest, rad/s: the median of each axis over all rests, so that their edges do
/// not count; nullopt if there are none or no gyroscope.
[[nodiscard]] std::optional<Vec3<Sensor>> gyroscope_bias(const InertialView& samples,
                                                         std::span<const SampleRange> rests);

}  // namespace reprise::engine
