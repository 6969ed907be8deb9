#pragma once

#include <string>
#include <vector>

#include "record/store/operation.h"

namespace reprise::record {

/// One change of several that are done together.
struct TransactionEntry {
  std::string full_url;  ///< what the others call it; may be empty
  Operation operation;
};

/// A transaction as far as it can be done before the database is written to.
struct ReadyTransaction {
  std::vector<PreparedOperation> operations;  ///< in the order of the entries
  std::vector<std::string> ids;               ///< that the entries' resources have or get; empty: none
};

/// Whether what it writes depends on what is in the record at that moment.
[[nodiscard]] bool looks_into_record(const std::vector<TransactionEntry>& entries);

/// Gives each new resource its id, puts the ids in place of the full URLs and of the conditions
/// ("Patient?identifier=…") by which the entries refer to each other and to the record, and checks all. An
/// issue's expression begins with "Bundle.entry[i]". Of entries of which `looks_into_record` is false.
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
