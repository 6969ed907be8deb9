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

// The log in the database. All errors are those of the connection, and corrupt where rows are not what this
// writes.
namespace reprise::record {

/// Gives the entries their numbers and hashes, and writes them, in the caller's transaction: what an entry
/// tells of and the entry are there together or not at all. Other processes that append wait until that
/// transaction ends: call it last. Texts are made fit for the log (`fit_for_log`). Returns where the log then
/// ends; only when the transaction was committed may that be signed.
[[nodiscard]] Result<AuditTail> append_entries(Connection& connection, std::span<AuditEntry> entries);

/// Where the log ends now; nothing where nothing was ever written.
[[nodiscard]] Result<std::optional<AuditTail>> audit_tail(Connection& connection);

/// Which entries to show: all conditions together.
struct AuditQuery {
  std::optional<std::string> patient = {};              ///< an id: whose data were touched
  std::optional<std::string> account = {};              ///< who did it
  std::optional<std::vector<std::string>> among = {};   ///< ids: whose data were touched, one of these
  std::vector<std::vector<std::string>> subjects = {};  ///< of each list one (subjects.h)
  std::optional<std::int64_t> from_us = {};
  std::optional<std::int64_t> until_us = {};  ///< not included
  std::optional<std::uint64_t> before = {};   ///< only those before this number: the next page
  std::int64_t count = 50;
};

/// The newest first.
[[nodiscard]] Result<std::vector<AuditEntry>> find_entries(Connection& connection, const AuditQuery& query);

/// Whether it was the patient's own account that wrote this version of a resource that is about the patient.
[[nodiscard]] Result<bool> was_written_by_patient(Connection& connection, const std::string& patient,
                                                  std::string_view type, std::string_view id,
                                                  std::string_view version);

/// One entry by its number.
[[nodiscard]] Result<std::optional<AuditEntry>> find_entry(Connection& connection, std::uint64_t sequence);

/// Notes in the database that this head was written, so that an anchor file that loses its end is found.
[[nodiscard]] Result<void> note_head(Connection& connection, const AuditHead& head);

/// How many heads each key has written, as noted.
[[nodiscard]] Result<std::map<PublicKey, std::uint64_t>> noted_heads(Connection& connection);

}  // namespace reprise::record
