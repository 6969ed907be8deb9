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
  std::vector<ReadyOperation> operations;  ///< in the order of the entries
};

/// Whether what it writes depends on what is in the record at that moment.
[[nodiscard]] bool looks_into_record(const std::vector<TransactionEntry>& entries);

/// Gives each new resource its id, puts the ids in place of the full URLs and of the conditions
/// ("Patient?identifier=…") by which the entries refer to each other and to the record, and checks all.
/// `connection`: where conditions are looked up; of the writing session where `looks_into_record` says so. An
/// issue's expression begins with "Bundle.entry[i]".
[[nodiscard]] Outcome<ReadyTransaction> make_ready(std::vector<TransactionEntry> entries,
                                                   Connection& connection, const Context& context);

/// Does all: deletions, then creations, then updates and patches. In the order of the entries. Refuses at the
/// first that cannot be done.
[[nodiscard]] Outcome<std::vector<Done>> perform(const WriteSession& session, const Context& context,
                                                 const ReadyTransaction& transaction);

}  // namespace reprise::record
