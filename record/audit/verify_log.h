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
  bool excerpt = false;                 ///< some lines only, as they were sent elsewhere
  std::vector<std::string> lines = {};  ///< what it holds, where that was read already
};

struct AuditVerification {
  std::uint64_t entries = 0;
  std::uint64_t covered = 0;           ///< the last entry that a signed head shows to be as it was
  std::uint64_t anchors_met = 0;       ///< signed heads with which the log agrees
  std::vector<AuditFinding> findings;  ///< empty: nothing is wrong
};

/// Reads the whole log and the anchor files, and says what is wrong. Whole anchor files come before excerpts:
/// they show which keys the trusted ones took over from. `signers`: the keys that are trusted; of
/// each that the database knows of, the whole anchor file is wanted among `sources`. Errors: those of the
/// connection and of `read_anchor_file`; not_found where nothing was ever logged; cancelled.
/// `go_on`: is told now and then how many entries were read; false ends it.
[[nodiscard]] Result<AuditVerification> verify_log(
    Connection& connection, std::span<const AnchorSource> sources, std::span<const PublicKey> signers,
    const std::function<bool(std::uint64_t)>& go_on = [](std::uint64_t) { return true; });

}  // namespace reprise::record
