// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>

#include "record/store/record.h"
#include "server/messaging/notifications.h"

namespace reprise::server {

/// Notifies of new messages (docs/clinician/messages.md) in the transaction that writes them. A patient's
/// message: mails the clinicians of the care team; a request for erasure: also the administrators. The
/// clinic's message: mails the patient. The mail has no content. It is omitted if the previous message, of
/// the same clock hour, was from the same side. Refuses only if the database fails.
[[nodiscard]] std::optional<record::Refusal> notify_of_messages(record::Record& record,
                                                                const record::WriteTransaction& session,
                                                                std::span<const record::ChangeResult> changes,
                                                                const NotificationOptions& options);

}  // namespace reprise::server
