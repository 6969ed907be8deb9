// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

// How FHIR R4 writes times (datatypes.html#primitive). Days exist in the calendar; a second may be the 60th.
namespace reprise::fhir {

/// "2026", "2026-03" or "2026-03-14".
[[nodiscard]] bool is_date(std::string_view text);

/// A date, or with a time and then always with a zone: "2026-03-14T09:30:00+01:00".
[[nodiscard]] bool is_date_time(std::string_view text);

/// Exact to the second at least: "2026-03-14T08:30:00.250Z".
[[nodiscard]] bool is_instant(std::string_view text);

/// A time of the day without a zone: "09:30:00".
[[nodiscard]] bool is_time(std::string_view text);

/// A stretch of time in milliseconds since 1970-01-01T00:00:00Z. Half open: `end_ms` is outside. Empty: no
/// limit.
struct Interval {
  std::optional<std::int64_t> start_ms;
  std::optional<std::int64_t> end_ms;
};

/// The stretch that a date or a date with a time covers, as exact as it is written: "2026-03" is all of
/// March, a time its second, or its millisecond where it has a fraction. A date without a zone counts as one
/// in UTC. Nothing where it is none of both.
[[nodiscard]] std::optional<Interval> interval_of(std::string_view date_time);

}  // namespace reprise::fhir
