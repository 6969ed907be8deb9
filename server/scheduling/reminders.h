#pragma once

#include <string>

#include "record/store/record.h"
#include "server/messaging/notifications.h"

namespace reprise::server {

/// Mails patients who have an appointment within a day (docs/calendar.md): that there is one, and when; in
/// the patient's language where the record says it. What was said is in the record as a Communication,
/// written in the transaction that queues the mail: so that it is said once of an appointment at a time,
/// whatever restarts and however many processes look. How many mails were queued. `connection`: to read by,
/// not in a transaction. Errors: those of the record.
[[nodiscard]] Result<std::size_t> remind_of_appointments(record::Record& record,
                                                         record::Connection& connection,
                                                         const NotificationOptions& watch,
                                                         std::int64_t now_ms);

}  // namespace reprise::server
