// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "base/result.h"
#include "record/database/connection.h"
#include "record/outbox/deliver.h"

// Forwards the audit log's entries to another system: in order, each at least once, resuming after an outage
// or a restart (format: docs/operations/audit.md).
namespace reprise::server {

/// The state of the forwarding.
struct AuditForwarding {
  std::uint64_t sequence = 0;         ///< the last accepted entry
  std::int64_t failing_since_us = 0;  ///< 0: the last attempt succeeded
  std::string why;                    ///< cause of the last failure
};

/// Returns nullopt before the first attempt.
[[nodiscard]] Result<std::optional<AuditForwarding>> forwarding_state(record::Connection& connection,
                                                                      const std::string& address);

/// Posts pending entries in batches until all are sent or an attempt fails. Does nothing during the delay
/// after a failure (`wait_after_us`), or while another process forwards. `post`: sends a JSON text. Returns
/// the number of accepted entries. Errors: those of the connection; corrupt.
[[nodiscard]] Result<std::uint64_t> forward_entries(
    record::Connection& connection, const std::string& address, const std::function<std::int64_t()>& now_us,
    const std::function<record::Try(const std::string&)>& post);

}  // namespace reprise::server
