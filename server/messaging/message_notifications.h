#pragma once

#include <optional>
#include <span>
#include <string>

#include "record/store/record.h"
#include "server/messaging/notifications.h"

namespace reprise::server {

/// Looks at the messages (docs/messages.md) that were just written, in the same transaction. A patient's:
/// mails the clinicians of the care team; a wish to be erased: also the administrators. The clinic's: mails
/// the patient. The mail says only that there is something to read. Where the message before, of the same
/// hour of the clock, was from the same side, it has been mailed already. Refuses only where the database
/// does.
[[nodiscard]] std::optional<record::Refusal> notify_of_messages(record::Record& record,
                                                                const record::WriteTransaction& session,
                                                                std::span<const record::ChangeResult> changes,
                                                                const NotificationOptions& watch);

}  // namespace reprise::server
