// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "session/measurements/daily_walking.h"

namespace reprise::pipeline {

/// When a recording began.
struct RecordingStart {
  std::int64_t ms = 0;             ///< since 1970-01-01T00:00:00Z
  std::chrono::minutes offset{0};  ///< of its text from UTC
};

/// Reads "2026-03-14T10:00:00+01:00"; without an offset as in UTC, so that midnight is that of the text.
/// Empty: a text without a date, or no time.
[[nodiscard]] std::optional<RecordingStart> recording_start(std::string_view text);

/// Refuses a name that is no time zone of the system; empty is none. Error: invalid_argument.
[[nodiscard]] Result<void> check_zone(const std::string& zone);

/// The days of the calendar that a recording of this length touches, from the midnight before its start to
/// the one after its end. `zone`: a name of the system's tz database ("Europe/Berlin"), whose clock changes
/// give days of 23 and 25 hours; empty: midnight is that of the start's own offset throughout. Without a
/// start, days of 24 hours from its beginning, "day 1" and so on. Not for several threads: a zone is the
/// C library's TZ for a moment. Errors: invalid_argument (an unknown zone, a zone without a start).
[[nodiscard]] Result<std::vector<session::CalendarDay>> calendar_days(
    const std::optional<RecordingStart>& start, const std::string& zone, Seconds duration);

}  // namespace reprise::pipeline
