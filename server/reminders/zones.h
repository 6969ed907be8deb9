// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "server/reminders/time_zone.h"

namespace reprise::server {

/// Reads a time zone of the system's tz database. Errors: invalid_argument (no such name), unreadable (the
/// system has no such file), those of TimeZone::parse.
[[nodiscard]] Result<TimeZone> load_time_zone(const std::string& name);

}  // namespace reprise::server
