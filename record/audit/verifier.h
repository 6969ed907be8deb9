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
  std::string_view text;  ///< as `encode` wrote it
  std::string_view hash;  ///< 64 hexadecimal digits
};

/// Goes through a log once, in the order of its rows, and compares it with itself and with signed heads.
/// What nobody can find without a head behind it: entries after the last head that were changed together with
/// all hashes behind them.
class AuditVerifier {
 public:
  AuditVerifier(std::string_view log_id, std::vector<Anchor> anchors);

  void step(const StoredEntry& stored);

  /// To be called behind the last entry. `last`: what the database says the last entry's hash and number are;
  /// nothing where it says nothing.
  struct Last {
    std::uint64_t sequence;
    AuditHash hash;
  };
  void finish(const std::optional<Last>& last);

  /// In the order of the log; of very many, the first 100.
  [[nodiscard]] const std::vector<AuditFinding>& findings() const { return findings_; }
  [[nodiscard]] std::uint64_t entries() const { return entries_; }
  /// How many heads the log agreed with, and the last entry that one of them covers.
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
  bool follows_ = true;  // whether the row before this one is the entry before it
  std::uint64_t entries_ = 0;
  std::vector<AuditFinding> findings_;
};

}  // namespace reprise::record
