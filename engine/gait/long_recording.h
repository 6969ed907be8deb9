// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "engine/gait/lower_back_gait.h"
#include "engine/gait/wear.h"
#include "engine/signal/inertial.h"

namespace reprise::engine {

/// A walking bout without its contacts and steps, so that those of weeks stay small.
struct RecordedBout {
  Seconds start;         ///< on the recording's clock
  Seconds end;           ///< with pauses of up to WalkingBoutOptions::max_pause inside
  Seconds walking_time;  ///< without pauses
  std::size_t steps = 0;
  double cadence_per_min = 0;
  std::optional<double> speed_mps = std::nullopt;  ///< empty without a height
  std::optional<double> stride_length_m = std::nullopt;
};

struct LongRecording {
  std::vector<RecordedStretch> measured;  ///< without the gaps, in order
  std::vector<WearStretch> wear;          ///< of all that was measured
  std::vector<RecordedBout> bouts;        ///< in order of time
  double saturated_share = 0;             ///< as LowerBackGait
  Seconds without_gravity{
      0};  ///< measured, but the accelerometer shows no gravity: no walking was looked for
};

struct LongRecordingOptions {
  LowerBackGaitOptions gait;
  WearOptions wear;
  /// So much is looked at together. It ends in a still moment outside of bouts, so that the results are those
  /// of the whole. Unsourced default.
  Seconds block{3600};
  Seconds most_held{6.0 * 3600};  ///< a bout that goes on for longer is cut in two. Unsourced default
  Seconds joined_gap{0.1};        ///< what follows within it goes on without a gap. Unsourced default
};

/// Measures wear and walking in a recording of days from a sensor at the lower back or a phone at the belt or
/// in a pocket, a part at a time: it holds a few hours of samples, however long the recording is. Only the
/// accelerometer is used.
class LongRecordingMeter {
 public:
  explicit LongRecordingMeter(const LongRecordingOptions& options = {}) : options_(options) {}

  /// Adds samples that begin at `start`, 0 or more, on the recording's clock, in order of time; of any
  /// length. Errors: invalid_argument (a rate below 20 Hz, a sample that is not finite, samples that begin
  /// before the end of those before, a clock beyond 100 days), and those of engine::measure_lower_back_bout
  /// but nothing_measured.
  [[nodiscard]] Result<void> add(Seconds start, const InertialView& samples);

  /// Where the samples so far end.
  [[nodiscard]] Seconds end() const { return end_; }

  /// Ends the recording. Errors: as add(); nothing_measured (no samples, or more of them at the limit of the
  /// accelerometer than LowerBackGaitOptions::max_saturated_share). No walking is no error.
  [[nodiscard]] Result<LongRecording> finish();

 private:
  [[nodiscard]] Result<void> take(Seconds start, const InertialView& samples);
  /// Measures the held samples up to a still moment, and keeps the rest; all of them if `last`.
  [[nodiscard]] Result<void> measure_held(bool last);

  LongRecordingOptions options_;
  LongRecording found_;
  WearMinutes minutes_;
  InertialSamples held_;
  Seconds held_start_;
  Seconds end_;
  double samples_ = 0;
  double saturated_ = 0;
};

}  // namespace reprise::engine
