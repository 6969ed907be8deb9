// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>

#include "record/store/record.h"
#include "server/messaging/notifications.h"

namespace reprise::server {

/// Reacts to written resources in the same transaction. If answers or pain concern the clinic
/// (care/safety/safety.h), it writes a Flag with its holds. It ends holds that an answer ends
/// (care/safety/hold.h), and mails the clinicians of the care team. Refuses only if the database fails.
[[nodiscard]] std::optional<record::Refusal> raise_safety_flags(record::Record& record,
                                                                const record::WriteTransaction& session,
                                                                std::span<const record::ChangeResult> changes,
                                                                const NotificationOptions& options);

}  // namespace reprise::server
