// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "record/store/record.h"
#include "server/messaging/notifications.h"

namespace reprise::server {

/// Mails a reminder to patients with an appointment within a day (docs/clinician/calendar.md): that there is
/// one, and when, in the patient's language if the record has it. The record keeps each reminder as a
/// Communication, written in the transaction that queues the mail. So each appointment time gets one
/// reminder, despite restarts and several processes. Returns the number of queued mails. `connection`: for
/// reads, not in a transaction. Errors: those of the record.
[[nodiscard]] Result<std::size_t> remind_of_appointments(record::Record& record,
                                                         record::Connection& connection,
                                                         const NotificationOptions& options,
                                                         std::int64_t now_ms);

}  // namespace reprise::server
