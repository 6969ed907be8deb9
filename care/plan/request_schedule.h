// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "fhir/model/json.h"

namespace reprise::care {

/// Returns the days of a Timing that repeats each N days or weeks, 1 to 366. Empty for any other Timing,
/// because ignoring a part of it would change the schedule.
[[nodiscard]] std::optional<int> days_between(const fhir::Json& timing);

}  // namespace reprise::care
