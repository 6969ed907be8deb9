// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "server/app_api/route.h"

namespace reprise::server {

/// Returns the routes of a patient's reminders: where they go to, the devices that receive
/// them, and the address of the calendar.
[[nodiscard]] std::vector<Route> reminder_routes();

}  // namespace reprise::server
