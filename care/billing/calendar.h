// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace reprise::care::billing {

/// A calendar day without a time of day: counting days stays exact where a day has 23 or 25 hours.
using Day = std::chrono::sys_days;
using std::chrono::days;

/// Parses "2026-03-14" of the years 1900 to 2199; empty if anything follows it.
[[nodiscard]] std::optional<Day> day_in(std::string_view text);
[[nodiscard]] Day first_of_month(Day day);
[[nodiscard]] Day last_of_month(Day day);

/// From this moment on (milliseconds since 1970 in UTC) local time is this far ahead of UTC.
struct ZoneChange {
  std::int64_t from_ms = 0;
  int offset_minutes = 0;
};

/// The clinic's time zone as UTC offsets by moment. The caller knows the world's time zone rules; this module
/// has none.
class Zone {
 public:
  /// Builds a zone. `changes`: in chronological order, at most 1000; the first also holds for all earlier
  /// moments.
  /// Errors: invalid_argument.
  [[nodiscard]] static Result<Zone> of(std::vector<ZoneChange> changes);

  [[nodiscard]] Day day_at(std::int64_t ms) const;
  /// The first moment of a day.
  [[nodiscard]] std::int64_t start_of(Day day) const;

 private:
  explicit Zone(std::vector<ZoneChange> changes) : changes_(std::move(changes)) {}
  std::vector<ZoneChange> changes_;
};

}  // namespace reprise::care::billing
