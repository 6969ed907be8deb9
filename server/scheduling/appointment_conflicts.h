#pragma once

#include <optional>
#include <span>

#include "record/store/record.h"

namespace reprise::server {

/// Keeps the calendar right in the transaction that changes it (docs/calendar.md): refuses (conflict) an
/// Appointment at a time that another one takes of the same Practitioner, and what a patient may not book;
/// sets the Practitioner's Slots busy that an Appointment takes, and free that none takes any more. One
/// process at a time does so.
[[nodiscard]] std::optional<record::Refusal> enforce_calendar(record::Record& record,
                                                              const record::WriteTransaction& session,
                                                              std::span<const record::ChangeResult> changes);

}  // namespace reprise::server
