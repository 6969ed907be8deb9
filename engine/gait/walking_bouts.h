// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "engine/signal/inertial.h"
#include "engine/signal/resample.h"

namespace reprise::engine {

/// Defaults were chosen on three recordings of one healthy walker (Mobilise-D example data) unless a source
/// is given.
struct WalkingBoutOptions {
  /// The least peak of the vertical acceleration (0.6 to 3 Hz) that may be a step.
  double min_step_peak_mps2 = 0.35;
  /// A bout's first and last peak reach this share of its median peak at least.
  double min_end_peak_share = 0.5;
  /// Steps further apart do not follow each other.
  Seconds max_step_time{1.25};
  /// Steps further apart belong to two bouts.
  Seconds max_pause{3};
  /// The least count of steps of a bout, 2 or more; default of mobgap's GsdIonescu.
  int min_steps = 5;
  /// A trunk that inclines by more within a second rises, sits down or bends.
  Radians max_tilt_change = Degrees{20};
  /// The most vertical acceleration outside the step band, as a multiple of that inside (RMS): more is
  /// shaking. Twice as much is borne where the movement repeats.
  double max_fast_share = 0.95;
  /// The same of the mean over a second: more is rising and sitting down.
  double max_slow_share = 0.4;
  /// The least correlation of the acceleration with itself, 0.25 to 1.5 s later.
  double min_repetition = 0.15;
  /// Bouts of fewer steps say less: their correlation is 0.5 at least, or they are no walking.
  int few_steps = 7;
  /// The most horizontal acceleration, as a multiple of the vertical one (RMS): more is swinging.
  double max_horizontal_share = 3.5;
  /// The most vertical acceleration of walking in the step band (RMS).
  double max_intensity_mps2 = 6;
};

struct WalkingBout {
  SampleRange samples;         ///< of the recording
  std::size_t step_count = 0;  ///< about; find_lower_back_contacts counts them
};

/// Returns when a person walks, from a sensor at the lower back or a phone at the belt or in a pocket,
/// however mounted, in order. Steps are peaks of the vertical acceleration between 0.6 and 3 Hz; those that
/// follow each other make a bout, as in Paraschiv-Ionescu et al. 2019 (as mobgap's GsdIonescu describes it;
/// there on the acceleration's norm, by wavelets, and by the minima too). A bout runs from a quarter of a
/// step before its first contact to as much after its last one. Where a person turns or dawdles, steps may be
/// too weak to be found. Empty if there is no walking. Only the accelerometer is used, and no more than about
/// 25 samples a second. Errors: invalid_argument (rate below 20 Hz, a sample that is not finite),
/// nothing_measured (shorter than 2 s).
[[nodiscard]] Result<std::vector<WalkingBout>> find_walking_bouts(const InertialView& samples,
                                                                  const WalkingBoutOptions& options = {});

}  // namespace reprise::engine
