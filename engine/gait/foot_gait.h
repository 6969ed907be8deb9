// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "base/result.h"
#include "engine/gait/foot_flat.h"
#include "engine/gait/gait_measures.h"
#include "engine/orientation/rest.h"

namespace reprise::engine {

struct FootGaitOptions {
  RestOptions rest;
  FootFlatOptions foot_flat;
  StrideOptions strides;
  FootStrideOptions stride;
  Hertz min_rate{40};  ///< below, contacts are too coarse: a swing has 15 samples. Unsourced default
  /// Fewer strides are no walking. Unsourced default
  std::size_t least_strides = 2;
  /// Least share of the traveled distance in one direction of the foot: less is no walking. Unsourced
  /// default
  double min_forward_share = 0.8;
};

/// One foot's recording.
struct FootWalk {
  FootAlignment alignment;
  std::vector<FootStride> strides;  ///< in order of time
  FootAverages averages;
  bool gyroscope_bias_known = false;  ///< the sensor rested somewhere; else a bias of 0 is assumed
  /// Range that the gyroscope ran into, rad/s: swings are cut, and lengths and angles too small. nullopt:
  /// not.
  std::optional<double> gyroscope_saturated_at_radps;
  std::optional<double> accelerometer_saturated_at_mps2;  ///< the same, m/s2
};

struct FootGait {
  std::optional<FootWalk> left, right;
  std::optional<TwoFeetAverages> two_feet;  ///< if both feet were recorded
};

/// Analyzes walking with an inertial sensor on one or both feet, mounted in any way. Both recordings begin at
/// the same time. Standing still for a moment, at best before the first step, gives the gyroscope's bias.
/// Steps: rests and bias; foot flats; alignment to the foot; strides and contacts; trajectory; measures.
/// Starting, stopping, turning and doubtful strides are listed and marked, but leave the averages.
/// Errors: invalid_argument (no recording; a sample that is not finite; no gyroscope; a rate below
/// `min_rate`), nothing_measured (no walking).
[[nodiscard]] Result<FootGait> analyze_foot_gait(const std::optional<InertialView>& left,
                                                 const std::optional<InertialView>& right,
                                                 const FootGaitOptions& options = {});

}  // namespace reprise::engine
