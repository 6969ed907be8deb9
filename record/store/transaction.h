// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "record/store/operation.h"

namespace reprise::record {

/// One change of several that are done together.
struct TransactionEntry {
  std::string full_url;  ///< by which other entries refer to it; may be empty
  Operation operation;
};

/// A transaction as far as it can be done before the database is written to.
struct ReadyTransaction {
  std::vector<PreparedOperation> operations;  ///< in the order of the entries
  std::vector<std::string> ids;               ///< that the entries' resources have or get; empty: none
};

/// Returns whether its writes depend on the present state of the record.
[[nodiscard]] bool reads_record(const std::vector<TransactionEntry>& entries);

/// Prepares a transaction. Assigns the ids of new resources, resolves full URLs and conditions
/// ("Patient?identifier=…") between the entries and to the record, and validates all. An issue's expression
/// begins with "Bundle.entry[i]". Only for entries for which `reads_record` is false.
[[nodiscard]] Outcome<ReadyTransaction> make_ready(std::vector<TransactionEntry> entries,
                                                   const Context& context);

/// The same of any entries. Conditions of references are looked up as if the deletions, creations and updates
/// had been done.
[[nodiscard]] Outcome<ReadyTransaction> make_ready(std::vector<TransactionEntry> entries,
                                                   const WriteTransaction& session, const Context& context);

/// Applies each JSON Patch as `connection` shows the record (operation.h), so that `perform` has less to do.
[[nodiscard]] Outcome<ReadyTransaction> apply_patches(ReadyTransaction transaction, Connection& connection,
                                                      const Context& context);

/// Does all: deletions, then creations, then updates and patches. In the order of the entries. Refuses at the
/// first that cannot be done.
[[nodiscard]] Outcome<std::vector<ChangeResult>> perform(const WriteTransaction& session,
                                                         const Context& context,
                                                         const ReadyTransaction& transaction);

}  // namespace reprise::record
