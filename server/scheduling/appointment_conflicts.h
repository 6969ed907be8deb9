// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>

#include "record/store/record.h"

namespace reprise::server {

/// Enforces the calendar's rules in the transaction of a change (docs/clinician/calendar.md). Refuses double
/// bookings of a Practitioner (conflict), and bookings that a patient may not make. Sets a Practitioner's
/// Slots busy while an Appointment takes them, and free afterwards. One process at a time does so.
[[nodiscard]] std::optional<record::Refusal> enforce_calendar(record::Record& record,
                                                              const record::WriteTransaction& session,
                                                              std::span<const record::ChangeResult> changes);

}  // namespace reprise::server
