// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "base/frames.h"
#include "base/result.h"
#include "base/units.h"
#include "engine/balance/prediction_ellipse.h"
#include "engine/signal/inertial.h"

namespace reprise::engine {

struct TrunkSwayOptions {
  /// Zero-phase Butterworth low-pass of second order before every measure. Unsourced default
  Hertz low_pass{3.5};
  /// Where the sway angle changes from the accelerometer (below) to the gyroscope (above). Unsourced default
  Hertz angle_crossover{0.5};
  /// The person's forward direction in the sensor's axes; without it the two directions are not told apart.
  std::optional<Vec3<Sensor>> forward = std::nullopt;
  double ellipse_probability = 0.95;
  Seconds shortest{5};     ///< unsourced default
  Hertz slowest_rate{20};  ///< unsourced default
};

struct TrunkSway {
  Seconds duration{0};
  double rms_mps2 = 0;        ///< of the horizontal acceleration vector
  double path_mps2 = 0;       ///< length of the horizontal acceleration's path
  double rms_jerk_mps3 = 0;   ///< of its first difference times the rate
  PredictionEllipse ellipse;  ///< of the horizontal acceleration, m/s2; angle 0 without `forward`
  Hertz mean_frequency{0};    ///< of both horizontal directions, weighted by power
  std::optional<double> rms_ap_mps2, rms_ml_mps2;  ///< missing without `forward`
  Radians rms_sway_angle{0};                       ///< of the trunk's inclination from its mean direction
  Radians range_sway_angle{0};  ///< the largest distance between two inclinations along one axis
};

/// Sway of the trunk from an inertial sensor, worn in any way: the mean specific force gives the vertical,
/// and all measures are of the plane across it, so they do not change with the mounting. (Moe-Nilssen's tilt
/// correction, as in biomechzoo's tilt_algorithm, removes the mean tilt of each axis; projection on the plane
/// across the mean does so without small angles.) Path, root mean square and ellipse of the acceleration as
/// in a public script after Martinez-Mendez 2012. Sway angle: the acceleration's direction, which holds for
/// slow sway only, joined with the integrated angular velocity above the crossover if there is a gyroscope;
/// it estimates the trunk's inclination, not the body's. Mean frequency as in sway.h.
/// Errors: invalid_argument (not finite, lengths, `forward` along the vertical, or a mean of not about
/// 9.81 m/s2: the remedy names the unit), unsupported (rate), nothing_measured (too short, no movement).
[[nodiscard]] Result<TrunkSway> trunk_sway(const InertialView& trunk, const TrunkSwayOptions& options = {});

namespace detail {

/// Refuses an inertial recording that is not finite, has two lengths, is too short or slow, or whose mean
/// specific force is more than a quarter away from gravity. The mean specific force.
[[nodiscard]] Result<Vec3<Sensor>> mean_specific_force(const InertialView& view, Seconds shortest,
                                                       Hertz slowest_rate, std::string_view stage);

}  // namespace detail
}  // namespace reprise::engine
