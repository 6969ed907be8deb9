#pragma once

#include <optional>
#include <span>
#include <string>

#include "record/store/record.h"
#include "server/messaging/notifications.h"

namespace reprise::server {

/// Looks at what was just written, in the same transaction: where answers or pain are something that the
/// clinic must know (care/safety/safety.h), writes a Flag with what it puts on hold, ends holds that an
/// answer ends (care/safety/hold.h), and mails the clinicians of the patient's care team that there is
/// something to see. Refuses only where the database does.
[[nodiscard]] std::optional<record::Refusal> raise_safety_flags(record::Record& record,
                                                                const record::WriteTransaction& session,
                                                                std::span<const record::ChangeResult> changes,
                                                                const NotificationOptions& watch);

}  // namespace reprise::server
