// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

namespace reprise::sensing {

/// Seconds that a date or time of day spells: "2024-05-01T10:00:00.25Z", "2024-05-01 10:00:00",
/// "10:00:00.25". With a date, since 1970 (UTC; an offset from UTC is applied), else since midnight. Empty:
/// neither.
[[nodiscard]] std::optional<double> parse_timestamp(std::string_view text);

/// Whether a text that `parse_timestamp` takes has a date and an offset from UTC.
[[nodiscard]] bool has_zone(std::string_view text);

}  // namespace reprise::sensing
