#pragma once

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

}  // namespace reprise::fhir
