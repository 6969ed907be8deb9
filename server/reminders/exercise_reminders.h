// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "record/store/record.h"
#include "server/messaging/notifications.h"

namespace reprise::server {

/// Sends the reminders of exercises that are due now (docs/reference/reminders.md): to the patient's devices
/// if that was chosen and one is subscribed, else by mail, in the patient's language if the record has it.
/// The record keeps each as a Communication, written in the transaction that queues the messages; so each is
/// sent once, despite restarts and several processes. Returns the number of reminders. `connection`: for
/// reads, not in a transaction. Errors: those of the record; those of load_time_zone, after all others have
/// been reminded.
[[nodiscard]] Result<std::size_t> remind_of_exercises(record::Record& record, record::Connection& connection,
                                                      const NotificationOptions& options,
                                                      std::int64_t now_ms);

}  // namespace reprise::server
