#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// Days of the calendar, by the clock of whoever wrote them down.
namespace reprise::fhir {

/// Days since 1970-01-01.
using Day = std::int64_t;
inline constexpr std::int64_t kDayMs = 86'400'000;

/// Nothing where it is no whole date ("2026-03-14").
[[nodiscard]] std::optional<Day> day_of(std::string_view date);
/// The day on which a time was, by its own zone; nothing where it is no whole date or time.
[[nodiscard]] std::optional<Day> local_day(std::string_view date_time);
/// "2026-03-14".
[[nodiscard]] std::string date_of(Day day);
/// How far a time's own zone is ahead of UTC; 0 for a date without a time, and for "Z".
[[nodiscard]] int zone_minutes(std::string_view date_time);

}  // namespace reprise::fhir
