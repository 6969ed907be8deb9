// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "engine/signal/inertial.h"

namespace reprise::engine {

struct GravityOptions {
  /// Movement is faster than this, gravity slower, if there is no gyroscope. Adamowicz et al. 2020 take 0.8
  /// Hz for rising from a chair (default of pfizer-opensource/scikit-digital-health, sit2stand/detector.py).
  Hertz cutoff{0.8};
  int order = 4;  ///< of the low-pass (same source)
  /// How slowly the accelerometer corrects the gyroscope. Unsourced default.
  Seconds time_constant{2};
  bool use_gyroscope = true;  ///< false: as if there were none
};

/// Returns the direction up in the sensor's axes at every sample, unit length. With a gyroscope: a
/// complementary filter run forward and backward and averaged, so that nothing is delayed; an acceleration
/// whose size differs from gravity corrects less. Without: the acceleration, low-passed without delay, as
/// Adamowicz et al. 2020. Errors: invalid_argument (rate, a sample that is not finite, counts that differ),
/// nothing_measured (too few samples; no gravity in them).
[[nodiscard]] Result<std::vector<Vec3<Sensor>>> gravity_directions(const InertialView& samples,
                                                                   const GravityOptions& options = {});

/// Returns the acceleration along `up` less gravity, m/s2, upward positive. Precondition: as many of both.
[[nodiscard]] std::vector<double> vertical_acceleration(std::span<const Vec3<Sensor>> acceleration_mps2,
                                                        std::span<const Vec3<Sensor>> up);

/// Returns the angular velocity about `up`, rad/s; positive: a turn to the left. Same precondition.
[[nodiscard]] std::vector<double> yaw_rate(std::span<const Vec3<Sensor>> angular_velocity_radps,
                                           std::span<const Vec3<Sensor>> up);

/// Returns the samples [begin, end) of a view. Precondition: begin <= end <= size.
[[nodiscard]] InertialView part_of(const InertialView& samples, std::size_t begin, std::size_t end);

/// Returns the share of samples, 0 to 1, where an axis of the accelerometer stays at its extreme value,
/// beyond 1.5 g, for three samples or more: the sensor's range was too small. Unsourced default.
[[nodiscard]] double saturated_share(const InertialView& samples);

namespace detail {
/// Refuses a rate below `slowest`, fewer than `at_least` samples, a gyroscope with another count, and samples
/// that are not finite. `stage` names the step in the error.
[[nodiscard]] Result<void> check_inertial(const InertialView& samples, Hertz slowest, std::size_t at_least,
                                          std::string_view stage);
}  // namespace detail

}  // namespace reprise::engine
