#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace reprise::care::billing {

/// A day of the calendar, without a clock: a day count works where a day has 23 or 25 hours, too.
using Day = std::chrono::sys_days;
using std::chrono::days;

/// "2026-03-14", of the years 1900 to 2199, and nothing behind it.
[[nodiscard]] std::optional<Day> day_in(std::string_view text);
[[nodiscard]] std::string written(Day day);
[[nodiscard]] Day first_of_month(Day day);
[[nodiscard]] Day last_of_month(Day day);

/// From this moment on (milliseconds since 1970 in UTC) clocks show so much more than UTC.
struct ZoneChange {
  std::int64_t from_ms = 0;
  int offset_minutes = 0;
};

/// What a clinic's clocks show, as offsets by moment: whoever asks has the world's rules, this module has
/// none.
class Zone {
 public:
  /// `changes` in the order of time, at most 1000; the first holds for all that was before, too. Errors:
  /// invalid_argument.
  [[nodiscard]] static Result<Zone> of(std::vector<ZoneChange> changes);

  [[nodiscard]] Day day_at(std::int64_t ms) const;
  /// The first moment of a day.
  [[nodiscard]] std::int64_t start_of(Day day) const;

 private:
  explicit Zone(std::vector<ZoneChange> changes) : changes_(std::move(changes)) {}
  std::vector<ZoneChange> changes_;
};

}  // namespace reprise::care::billing
