#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "base/result.h"
#include "record/database/connection.h"
#include "record/outbox/deliver.h"

// The audit log's entries are posted to another system: in order, each at least once, and from where it
// stopped after an outage or a restart (docs/audit.md has the format).
namespace reprise::server {

/// How far the other system has the log.
struct AuditForwarding {
  std::uint64_t sequence = 0;         ///< of the last entry that it took
  std::int64_t failing_since_us = 0;  ///< 0: the last try got through
  std::string why;                    ///< of the last try that did not
};

/// Nothing where nothing was ever tried.
[[nodiscard]] Result<std::optional<AuditForwarding>> forwarding_state(record::Connection& connection,
                                                                      const std::string& address);

/// Posts what the address does not have yet, in lots; returns when it has everything or a try fails. After
/// failures it waits as the outbox does (`wait_after_us`): until then, and while another process is at it,
/// nothing is done. `post`: sends a text, JSON. Returns how many entries were taken. Errors: those of the
/// connection; corrupt.
[[nodiscard]] Result<std::uint64_t> forward_entries(
    record::Connection& connection, const std::string& address, const std::function<std::int64_t()>& now_us,
    const std::function<record::Try(const std::string&)>& post);

}  // namespace reprise::server
