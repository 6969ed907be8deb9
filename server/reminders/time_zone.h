// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace reprise::server {

/// The local time of a place, as a file of the tz database says it (TZif of RFC 9636, version 2 or later).
class TimeZone {
 public:
  /// Parses a file's bytes. Errors: unsupported (version 1), corrupt.
  [[nodiscard]] static Result<TimeZone> parse(std::string_view bytes);

  /// Returns how far local time is ahead of UTC at a moment.
  [[nodiscard]] std::chrono::seconds offset_at(std::int64_t ms) const;
  /// Returns the day of the calendar at a moment.
  [[nodiscard]] std::chrono::sys_days day_at(std::int64_t ms) const;
  /// Returns the moment of a local time, `clock` after midnight. A time that a change of the clocks skips is
  /// later by as much; of one that occurs twice, the first.
  [[nodiscard]] std::int64_t moment_of(std::chrono::sys_days day, std::chrono::minutes clock) const;

  /// A day of the year on which the clocks change, and the local time of it.
  struct Change {
    enum class Kind : std::uint8_t { week_of_month, day_without_leap, day_of_year };
    Kind kind = Kind::week_of_month;
    int month = 1;
    int week = 1;  ///< 5: the last
    int day = 0;   ///< of the week from Sunday; of the year from 1, or from 0
    std::int64_t at_s = 7200;

    /// Seconds since 1970 as a local clock shows them.
    [[nodiscard]] std::int64_t local_s(std::chrono::year year) const;
  };
  /// What holds after the last transition of the file.
  struct Rule {
    std::int64_t standard_s = 0;
    std::int64_t summer_s = 0;
    std::optional<Change> begins;  ///< nullopt: no summer time
    std::optional<Change> ends;

    [[nodiscard]] std::int64_t offset_s(std::int64_t at_s) const;
  };

 private:
  struct Transition {
    std::int64_t at_s = 0;
    std::int64_t offset_s = 0;
  };
  std::int64_t first_offset_s_ = 0;
  std::vector<Transition> transitions_;
  std::optional<Rule> rule_;
};

/// Returns whether a text is formed as a name of the tz database, "Europe/Berlin", and leads to no other
/// folder.
[[nodiscard]] bool is_time_zone_name(std::string_view text);

}  // namespace reprise::server
