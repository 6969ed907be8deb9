// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "record/audit/anchors.h"
#include "record/audit/audit_finding.h"
#include "record/audit/chain.h"

namespace reprise::record {

/// A row of the log as it is stored.
struct StoredEntry {
  std::uint64_t sequence;
  std::string_view text;  ///< encoded by `encode`
  std::string_view hash;  ///< 64 hexadecimal digits
};

/// Verifies a log in one pass, in the order of its rows: against itself and against signed heads. Not
/// detectable without a later head: entries after the last head that were changed together with all hashes
/// behind them.
class AuditVerifier {
 public:
  AuditVerifier(std::string_view log_id, std::vector<Anchor> anchors);

  void step(const StoredEntry& stored);

  /// Call it after the last entry. `last`: hash and number of the last entry according to the database;
  /// nullopt if it has none.
  struct Last {
    std::uint64_t sequence;
    AuditHash hash;
  };
  void finish(const std::optional<Last>& last);

  /// Returns the findings in the order of the log; the first 100 at most.
  [[nodiscard]] const std::vector<AuditFinding>& findings() const { return findings_; }
  [[nodiscard]] std::uint64_t entries() const { return entries_; }
  /// Returns how many heads match the log, and the last entry that one of them covers.
  [[nodiscard]] std::size_t anchors_met() const { return anchors_met_; }
  [[nodiscard]] std::uint64_t covered() const { return covered_; }

 private:
  void found(AuditFault fault, std::uint64_t sequence, std::string text, std::string anchor = {});
  void place(std::uint64_t sequence);
  void compare_with_anchors();

  std::vector<Anchor> anchors_;  // by sequence
  std::size_t next_anchor_ = 0;
  std::size_t anchors_met_ = 0;
  std::uint64_t covered_ = 0;
  bool rewritten_ = false;
  AuditHash hash_;
  std::uint64_t sequence_ = 0;
  bool follows_ = true;  // whether the previous row holds the previous entry
  std::uint64_t entries_ = 0;
  std::vector<AuditFinding> findings_;
};

}  // namespace reprise::record
