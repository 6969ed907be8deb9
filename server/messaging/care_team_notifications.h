#pragma once

#include <optional>
#include <span>
#include <string>

#include "record/store/operation.h"
#include "record/store/record.h"
#include "server/messaging/notifications.h"

namespace reprise::server {

/// Tells of care teams that an administrator makes or changes: that decides who may see a patient's record,
/// and the administrator's own role may not see it. It is noted for the patient and the administrators
/// (`/account`), and mailed to all administrators, the patient and the care team.
[[nodiscard]] std::optional<record::Refusal> notify_of_care_teams(
    const record::WriteTransaction& session, std::span<const record::ChangeResult> changes,
    const NotificationOptions& options);

}  // namespace reprise::server
