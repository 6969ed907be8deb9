// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>

#include "base/result.h"
#include "engine/gait/walking_days.h"
#include "session/measurements/measurement_builder.h"

namespace reprise::session {

/// A day of the calendar on the recording's clock.
struct CalendarDay {
  std::string date;  ///< "2026-03-14"; "day 1" where the recording does not say when it was made
  Seconds start;     ///< midnight, before the recording's start for the first day
  Seconds end;
};

/// The tables of a document of daily walking: a row each of a day, of a stretch of wear and of a bout. A
/// row's part is the date, or the state of wear.
inline constexpr const char* kDaysTable = "days";
inline constexpr const char* kWearTable = "wear";
inline constexpr const char* kBoutsTable = "bouts";
/// The note of a day that is worn too little to count.
inline constexpr const char* kLittleWear = "little_wear";

/// Documents days of walking and wear: means over the days that count, sums of the recorded time and the
/// wear, and each day, stretch of wear and bout. Errors: nothing_measured (nothing was recorded).
[[nodiscard]] Result<MeasurementDocument> measure_daily_walking(
    const MeasurementInput& input, const engine::LongRecording& recording, std::span<const CalendarDay> days,
    const engine::WalkingDaysOptions& options = {});

}  // namespace reprise::session
