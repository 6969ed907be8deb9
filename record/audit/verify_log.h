// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <vector>

#include "base/result.h"
#include "record/audit/audit_finding.h"
#include "record/audit/head.h"
#include "record/database/connection.h"

namespace reprise::record {

struct AnchorSource {
  std::filesystem::path file;
  bool excerpt = false;                 ///< only some lines, as sent elsewhere
  std::vector<std::string> lines = {};  ///< its lines, if already read
};

struct AuditVerification {
  std::uint64_t entries = 0;
  std::uint64_t covered = 0;           ///< the last entry that a signed head confirms
  std::uint64_t anchors_met = 0;       ///< number of matching heads
  std::vector<AuditFinding> findings;  ///< empty: the log is intact
};

/// Verifies the whole log and the anchor files. Whole anchor files come before excerpts, because they show
/// which keys the trusted ones took over from. `signers`: the trusted keys; of each one that the database
/// knows, `sources` must include the whole anchor file. `go_on`: progress callback with the number of entries
/// read; returning false cancels. Errors: those of the connection and of `read_anchor_file`; not_found if the
/// log is empty; cancelled.
[[nodiscard]] Result<AuditVerification> verify_log(
    Connection& connection, std::span<const AnchorSource> sources, std::span<const PublicKey> signers,
    const std::function<bool(std::uint64_t)>& go_on = [](std::uint64_t) { return true; });

}  // namespace reprise::record
