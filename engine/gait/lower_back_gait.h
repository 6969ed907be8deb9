// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "engine/gait/gait_regularity.h"
#include "engine/gait/limb_swing.h"
#include "engine/gait/lower_back_axes.h"
#include "engine/gait/lower_back_contacts.h"
#include "engine/gait/lower_back_step_length.h"
#include "engine/gait/walking_bouts.h"
#include "engine/signal/inertial.h"

namespace reprise::engine {

/// Mean and standard deviation (n - 1; 0 for a single value).
struct LowerBackStatistic {
  double mean = 0;
  double sd = 0;
  std::size_t count = 0;
  /// sd / mean; precondition: the mean is not 0.
  [[nodiscard]] double variation() const { return sd / mean; }
};

/// From one contact to the next, no longer than WalkingBoutOptions::max_step_time.
struct LowerBackStep {
  Seconds start;
  Seconds end;
  std::optional<Side> side = std::nullopt;        ///< of the foot that lands at the end
  std::optional<double> length_m = std::nullopt;  ///< empty without a height
  std::optional<Radians> turn = std::nullopt;     ///< to the left; empty without a gyroscope
};

struct LowerBackBout {
  SampleRange samples;
  std::vector<FootContact> contacts;
  std::vector<LowerBackStep> steps;
  Seconds walking_time;  ///< the sum of the steps' times: without pauses
  double cadence_per_min = 0;
  LowerBackStatistic step_time_s;
  std::optional<LowerBackStatistic> stride_time_s = std::nullopt;    ///< empty without two steps in a row
  std::optional<LowerBackStatistic> step_length_m = std::nullopt;    ///< empty without a height
  std::optional<LowerBackStatistic> stride_length_m = std::nullopt;  ///< of two steps in a row
  std::optional<double> speed_mps = std::nullopt;
  /// |left - right| / mean of the step times, 0: equal; of the longest run of steps without a pause; empty if
  /// it has fewer than 4 steps. Which foot is which does not matter.
  std::optional<double> step_time_asymmetry = std::nullopt;
  std::optional<StepRegularity> vertical_regularity = std::nullopt;  ///< empty: too short
  std::optional<StepRegularity> forward_regularity = std::nullopt;
  std::optional<double> vertical_harmonic_ratio = std::nullopt;  ///< mean over strides
  std::optional<double> forward_harmonic_ratio = std::nullopt;
  std::optional<double> sideways_harmonic_ratio = std::nullopt;
  std::optional<WalkingAxes> axes = std::nullopt;
  std::optional<Radians> turn = std::nullopt;  ///< to the left, from the first to the last contact
  /// The sensor swings with a leg or an arm: no sides, lengths, symmetry, regularity and axes.
  std::optional<LimbSwing> swing = std::nullopt;
};

struct LowerBackGait {
  std::vector<LowerBackBout> bouts;  ///< at least one
  Seconds walking_time;
  std::size_t step_count = 0;
  double cadence_per_min = 0;
  LowerBackStatistic step_time_s;
  std::optional<LowerBackStatistic> stride_time_s = std::nullopt;
  std::optional<LowerBackStatistic> stride_length_m = std::nullopt;
  std::optional<double> speed_mps = std::nullopt;  ///< of the bouts that have one
  std::size_t swinging_bouts = 0;                  ///< whose sensor swings with a limb
  double saturated_share = 0;  ///< as saturated_share(): above 0, peaks are cut off and lengths too short
};

struct LowerBackGaitOptions {
  WalkingBoutOptions bouts;
  LowerBackContactOptions contacts;
  StepLengthOptions lengths;
  double max_saturated_share = 0.05;  ///< more is an error. Unsourced default
};

/// Measures gait from a sensor at the lower back or a phone at the belt or in a pocket, however mounted:
/// bouts, contacts, and per bout and recording cadence, step and stride times with their variability,
/// asymmetry, regularity, harmonic ratios, and with a height the lengths and speed. Where the sensor swings
/// with a leg or an arm, only contacts, cadence, times and turns are measured. Errors: as
/// find_walking_bouts; nothing_measured (no walking; saturated); invalid_argument (heights).
[[nodiscard]] Result<LowerBackGait> analyze_lower_back_gait(const InertialView& samples,
                                                            const LowerBackGaitOptions& options = {});

/// Measures one bout. `bout` within the recording. Errors: as analyze_lower_back_gait; nothing_measured
/// (fewer than two contacts that follow each other).
[[nodiscard]] Result<LowerBackBout> measure_lower_back_bout(const InertialView& samples, SampleRange bout,
                                                            const LowerBackGaitOptions& options = {});

}  // namespace reprise::engine
