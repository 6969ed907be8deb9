// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "base/result.h"
#include "engine/signal/inertial.h"

namespace reprise::engine {

struct FootFlatOptions {
  Seconds window{0.1};  ///< over which the motion is averaged, as Rampp et al. 2014
  /// A foot is flat where the energy is below this share of its 95th percentile. Unsourced default
  double max_energy_share = 0.06;
  Seconds least_apart{0.35};      ///< two mid-stances of the same foot. Unsourced default
  Radians max_tilt{Degrees{15}};  ///< against the attitude in which the foot rests most. Unsourced default
};

/// Finds mid-stances however the sensor is worn: samples where the foot rests flat, as minima of the motion
/// energy (foot_motion.h; Rampp et al. 2014, minimal velocity, as the documentation of gaitmap's
/// RamppEventDetection describes it; here searched in the whole recording, before strides are known). A
/// longer rest counts once, in its middle. In order; empty if the foot never rests between movements.
/// Precondition: checked samples with a gyroscope.
[[nodiscard]] std::vector<std::size_t> find_foot_flats(const InertialView& samples,
                                                       const Vec3<Sensor>& bias_radps,
                                                       const FootFlatOptions& options = {});

}  // namespace reprise::engine
