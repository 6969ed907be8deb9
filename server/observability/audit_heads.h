// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>

#include "base/result.h"
#include "record/audit/head.h"
#include "record/database/connection.h"
#include "server/settings/settings.h"

namespace reprise::server {

/// Queues the last signed head of this process's anchor file for the configured recipients, if it is newer
/// than the last one sent and the interval has passed. Errors: those of the connection and of reading the
/// file.
[[nodiscard]] Result<void> queue_head_if_due(record::Connection& connection,
                                             const std::filesystem::path& anchors,
                                             const Settings::Audit& settings, std::int64_t now_us);

}  // namespace reprise::server
