// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "record/audit/anchor_file.h"
#include "record/audit/entry.h"
#include "record/audit/head.h"
#include "record/database/connection.h"

// The audit log in the database. Errors: those of the connection, and corrupt if rows have another form than
// written here.
namespace reprise::record {

/// Appends entries with their numbers and hashes in the caller's transaction, so that an entry exists exactly
/// if its change does. Other appending processes wait until that transaction ends: call it last. Texts are
/// cleaned by `fit_for_log`. Returns the new end of the log; it may be signed only after the commit.
[[nodiscard]] Result<AuditTail> append_entries(Connection& connection, std::span<AuditEntry> entries);

/// Returns the end of the log; nullopt if it is empty.
[[nodiscard]] Result<std::optional<AuditTail>> audit_tail(Connection& connection);

/// A query for entries; all conditions must hold.
struct AuditQuery {
  std::optional<std::string> patient = {};              ///< the id of an affected patient
  std::optional<std::string> account = {};              ///< the acting account
  std::optional<std::vector<std::string>> among = {};   ///< ids: at least one of these patients is affected
  std::vector<std::vector<std::string>> subjects = {};  ///< at least one of each list (subjects.h)
  std::optional<std::int64_t> from_us = {};
  std::optional<std::int64_t> until_us = {};  ///< not included
  std::optional<std::uint64_t> before = {};   ///< only entries before this number: the next page
  std::int64_t count = 50;
};

/// Returns the entries, newest first.
[[nodiscard]] Result<std::vector<AuditEntry>> find_entries(Connection& connection, const AuditQuery& query);

/// Returns whether the patient's own account wrote this version of a resource about the patient.
[[nodiscard]] Result<bool> was_written_by_patient(Connection& connection, const std::string& patient,
                                                  std::string_view type, std::string_view id,
                                                  std::string_view version);

/// Returns one entry by its number.
[[nodiscard]] Result<std::optional<AuditEntry>> find_entry(Connection& connection, std::uint64_t sequence);

/// Records in the database that this head was written, so that a truncated anchor file is detected.
[[nodiscard]] Result<void> note_head(Connection& connection, const AuditHead& head);

/// Returns the recorded number of heads of each key.
[[nodiscard]] Result<std::map<PublicKey, std::uint64_t>> noted_heads(Connection& connection);

}  // namespace reprise::record
