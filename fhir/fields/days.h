// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

// Calendar days in the author's own time zone.
namespace reprise::fhir {

/// Days since 1970-01-01.
using Day = std::int64_t;

/// Parses a whole date ("2026-03-14"); empty if it is none.
[[nodiscard]] std::optional<Day> day_of(std::string_view date);
/// Returns the day of a time in its own zone; empty if it is no whole date or time.
[[nodiscard]] std::optional<Day> local_day(std::string_view date_time);
/// Writes "2026-03-14".
[[nodiscard]] std::string date_of(Day day);
/// Returns how far a time's own zone is ahead of UTC; 0 for a date without a time, and for "Z".
[[nodiscard]] int zone_minutes(std::string_view date_time);

}  // namespace reprise::fhir
