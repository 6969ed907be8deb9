// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// Days of the calendar. A moment counts milliseconds since 1970-01-01T00:00:00Z.
namespace reprise {

/// Durations as moments count them; databases and JSON have no others.
[[nodiscard]] constexpr std::int64_t in_ms(std::chrono::milliseconds duration) {
  return duration.count();
}
[[nodiscard]] constexpr std::int64_t in_us(std::chrono::microseconds duration) {
  return duration.count();
}

inline constexpr std::int64_t kDayMs = in_ms(std::chrono::days{1});

/// Parses "2026-03-14" of the years 1 to 9999; nullopt if it is no such day, or anything follows.
[[nodiscard]] std::optional<std::chrono::sys_days> parse_day(std::string_view text);

/// Writes "2026-03-14".
[[nodiscard]] std::string day_text(std::chrono::sys_days day);

/// Returns the day of a moment in UTC; before 1970, too.
[[nodiscard]] std::chrono::sys_days day_at(std::int64_t ms);

/// Returns the first moment of a day in UTC.
[[nodiscard]] std::int64_t start_of(std::chrono::sys_days day);

/// Writes a moment of the years 1 to 9999 as "2026-03-14T08:30:00.250Z"; at an offset from UTC, whole
/// minutes, as "2026-03-14T09:30:00.250+01:00".
[[nodiscard]] std::string date_time_text(std::int64_t ms,
                                         std::chrono::minutes offset = std::chrono::minutes{0});

}  // namespace reprise
