#pragma once

#include <cstdint>
#include <filesystem>

#include "base/result.h"
#include "record/audit/head.h"
#include "record/database/connection.h"
#include "server/settings/settings.h"

namespace reprise::server {

/// Queues the last signed head of this process's anchor file for those whom the settings name, where there is
/// a newer one than was sent last, and that was long enough ago. Errors: those of the connection and of
/// reading the file.
[[nodiscard]] Result<void> queue_head_if_due(record::Connection& connection,
                                             const std::filesystem::path& anchors,
                                             const Settings::Audit& settings, std::int64_t now_us);

}  // namespace reprise::server
