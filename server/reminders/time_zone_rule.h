// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "server/reminders/time_zone.h"

namespace reprise::server {

/// Parses what a TZif file says of the time after its last transition: "CET-1CEST,M3.5.0,M10.5.0/3". Its
/// signs are west of Greenwich; those of the rule are east. nullopt if it is not of this form.
[[nodiscard]] std::optional<TimeZone::Rule> parse_time_zone_rule(std::string_view text);

}  // namespace reprise::server
