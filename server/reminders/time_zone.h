// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace reprise::server {

/// The local time of a place.
class TimeZone {
 public:
  explicit TimeZone(absl::TimeZone zone) : zone_(zone) {}

  /// Returns how far local time is ahead of UTC at a moment.
  [[nodiscard]] std::chrono::seconds offset_at(std::int64_t ms) const;
  /// Returns the day of the calendar at a moment.
  [[nodiscard]] std::chrono::sys_days day_at(std::int64_t ms) const;
  /// Returns the moment of a local time, `clock` after midnight. A time that a change of the clocks skips is
  /// later by as much; of one that occurs twice, the first.
  [[nodiscard]] std::int64_t moment_of(std::chrono::sys_days day, std::chrono::minutes clock) const;

 private:
  absl::TimeZone zone_;
};

/// Returns whether a text is formed as a name of the tz database, "Europe/Berlin", and leads to no other
/// folder.
[[nodiscard]] bool is_time_zone_name(std::string_view text);

/// Loads a time zone of the system's tz database. Errors: invalid_argument (no such name), unreadable (the
/// system has no such file, or it is damaged).
[[nodiscard]] Result<TimeZone> load_time_zone(const std::string& name);

}  // namespace reprise::server
