// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "engine/gait/long_recording.h"
#include "pipeline/measurements.h"
#include "sensing/signals/typed_signals.h"
#include "session/measurements/measurement_builder.h"

namespace reprise::pipeline {

/// From this length on a recording at the lower back is one of daily life: longer than any test. Unsourced
/// default.
inline constexpr Seconds kDailyLifeFrom{12.0 * 3600};

/// Told how much is read, 0 to 1; returns whether to go on.
using ReadProgress = std::function<bool(double share)>;

/// Measures days of walking and wear with the sensor at the lower back, from one file or several that follow
/// each other; a long table of text is read in parts. Errors: those of reading, of
/// engine::LongRecordingMeter, calendar_days and session::measure_daily_walking; invalid_argument (files that
/// overlap, are not in order, or do not say when they were recorded); cancelled.
[[nodiscard]] Result<session::MeasurementDocument> measure_daily_walking(
    const std::vector<std::filesystem::path>& paths, const GaitOptions& options,
    const ReadProgress& progress = {});

/// Puts the parts of a recording on one clock and measures them.
class DailyWalking {
 public:
  explicit DailyWalking(const GaitOptions& options);

  /// What follows is of another file.
  void begin_file(const std::string& name);
  /// Adds a part: a sensor of a recording. Time begins with the first row of the first one, whether the
  /// sensor has a sample there or not. Errors: those of engine::LongRecordingMeter, invalid_argument (as
  /// measure_daily_walking).
  [[nodiscard]] Result<void> add(const sensing::SignalRecording& recording,
                                 const sensing::InertialSensor& sensor);
  /// `input`: its sensors and duration are replaced. Errors: as measure_daily_walking.
  [[nodiscard]] Result<session::MeasurementDocument> finish(session::MeasurementInput input);

 private:
  [[nodiscard]] Result<Seconds> placed(double time_s, bool dated);

  GaitOptions options_;
  engine::LongRecordingMeter meter_;
  std::string file_;
  std::string first_recorded_at_;
  session::SensorUsed sensor_;
  bool first_of_file_ = true;
  bool any_ = false;
  double zero_s_ = 0;   ///< of the recording, on the files' clock
  double shift_s_ = 0;  ///< that undoes a clock that was set back
  int set_back_ = 0;
};

}  // namespace reprise::pipeline
