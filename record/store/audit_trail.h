#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "record/audit/anchor_file.h"
#include "record/audit/audit_log.h"
#include "record/audit/entry.h"
#include "record/database/connection.h"

namespace reprise::record {

/// Where signed heads of the log go.
struct AuditOptions {
  std::filesystem::path anchors;  ///< the file outside the database; empty: no heads are signed
  SigningKey key;
  HeadSchedule schedule;
};

/// The writer's part of the audit log: entries of changes are committed with them, entries of what only reads
/// with the next transaction, within a second.
class AuditTrail {
 public:
  static constexpr std::size_t kMostNoted = 50'000;

  explicit AuditTrail(AuditOptions options) : options_(std::move(options)) {}

  /// Notes what was done without a change. From any thread.
  void note(AuditEntry entry);
  /// Whether so much is noted and not on the disk that nothing more should be shown to anybody: as when the
  /// disk is full. From any thread.
  [[nodiscard]] bool overfull() const;

  // What follows is for the writer's thread alone.

  /// Whether there is something to append.
  [[nodiscard]] bool waiting() const;

  /// The last act of a transaction: appends what was noted, and `of_changes`.
  [[nodiscard]] Result<void> append(Connection& connection, std::vector<AuditEntry> of_changes);
  void committed();
  /// What was noted is kept for the next transaction.
  void rolled_back();
  /// Signs the end of the log, where that is due; `last`: in any case. Errors: those of AnchorFile.
  [[nodiscard]] Result<void> sign(Connection& connection, std::int64_t now_us, bool last);

 private:
  AuditOptions options_;
  mutable std::mutex mutex_;
  std::vector<AuditEntry> noted_;

  std::vector<AuditEntry> in_transaction_;  // of what was noted
  std::optional<AuditTail> appended_;
  std::optional<AuditTail> tail_;
  std::optional<AnchorFile> anchors_;
  std::optional<AuditHead> unnoted_head_;
};

}  // namespace reprise::record
