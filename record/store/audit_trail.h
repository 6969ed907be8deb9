// SPDX-License-Identifier: Apache-2.0
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

/// The destination of signed heads.
struct AuditOptions {
  std::filesystem::path anchors;  ///< the file outside the database; empty: no heads are signed
  SigningKey key;
  HeadSchedule schedule;
};

/// The writer's part of the audit log. Entries of changes are committed with them, entries of reads with the
/// next transaction, within a second.
class AuditTrail {
 public:
  static constexpr std::size_t kMostNoted = 50'000;

  explicit AuditTrail(AuditOptions options) : options_(std::move(options)) {}

  /// Notes an entry of a request that changed nothing. Thread-safe.
  void note(AuditEntry entry);
  /// Returns whether too many entries wait for the disk, as when it is full. Then no more data may be shown
  /// to any user. Thread-safe.
  [[nodiscard]] bool overfull() const;

  // The following functions are for the writer's thread only.

  /// Returns whether entries wait to be appended.
  [[nodiscard]] bool waiting() const;

  /// Appends the noted entries and `of_changes`. Call it last in a transaction.
  [[nodiscard]] Result<void> append(Connection& connection, std::vector<AuditEntry> of_changes);
  void committed();
  /// Keeps the noted entries for the next transaction after a rollback.
  void rolled_back();
  /// Signs the end of the log if a head is due; with `last` always. Errors: those of AnchorFile.
  [[nodiscard]] Result<void> sign(Connection& connection, std::int64_t now_us, bool last);

 private:
  AuditOptions options_;
  mutable std::mutex mutex_;
  std::vector<AuditEntry> noted_;

  std::vector<AuditEntry> in_transaction_;  // the noted entries
  std::optional<AuditTail> appended_;
  std::optional<AuditTail> tail_;
  std::optional<AnchorFile> anchors_;
  std::optional<AuditHead> unnoted_head_;
};

}  // namespace reprise::record
