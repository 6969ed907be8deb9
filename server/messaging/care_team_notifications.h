// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>

#include "record/store/operation.h"
#include "record/store/record.h"
#include "server/messaging/notifications.h"

namespace reprise::server {

/// Notifies of care teams that an administrator creates or changes. Such a change decides on access to a
/// patient's record, which the administrator's own role lacks. It is noted for the patient and the
/// administrators (`/account`), and mailed to all administrators, the patient and the care team.
[[nodiscard]] std::optional<record::Refusal> notify_of_care_teams(
    const record::WriteTransaction& session, std::span<const record::ChangeResult> changes,
    const NotificationOptions& options);

}  // namespace reprise::server
