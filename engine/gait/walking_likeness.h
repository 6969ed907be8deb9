// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "base/units.h"
#include "engine/signal/inertial.h"
#include "engine/signal/resample.h"

namespace reprise::engine::detail {

/// What steps are found in: about 25 samples a second.
struct StepSignals {
  Hertz rate{25};
  std::vector<Vec3<Sensor>> acceleration_mps2;
  std::vector<Vec3<Sensor>> up;
  std::vector<double> vertical_mps2;
  std::vector<double> step_band_mps2;  ///< the vertical acceleration from 0.6 to 3 Hz
};

/// How a stretch of movement resembles walking; shares are of the RMS in the step band.
struct WalkingLikeness {
  double intensity_mps2 = 0;      ///< RMS of the vertical acceleration in the step band
  double fast_share = 0;          ///< of the vertical acceleration outside the step band
  double slow_share = 0;          ///< of the vertical acceleration's mean over a second
  double horizontal_share = 0;    ///< of the horizontal acceleration
  double repetition = 0;          ///< the best autocorrelation from 0.25 to 1.5 s, 1 if it repeats exactly
  double horizontal_at_step = 0;  ///< the horizontal acceleration's autocorrelation at the lag of a step
};

/// Measures a stretch. Preconditions: a range within the signals, not empty, with movement in the step band.
[[nodiscard]] WalkingLikeness walking_likeness(const StepSignals& signals, SampleRange range,
                                               std::size_t step_lag);

}  // namespace reprise::engine::detail
