#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "record/store/record.h"
#include "record/store/transaction.h"

// What the server writes into the record by itself, at its start. The audit log names it as who did it.
namespace reprise::server {

/// Does `work` as one change, and waits until it is on the disk. `stage`: for errors, as those of the record.
/// `work` may run again, where another process was in the way.
[[nodiscard]] Result<void> write_now(
    record::Record& record, const char* stage,
    const std::function<std::optional<record::Refusal>(const record::WriteSession&)>& work);

/// Inside such a work: does the entries, and notes each resource that is new. Refuses as
/// record::make_ready and record::perform.
[[nodiscard]] record::Outcome<std::vector<record::Done>> perform_own(
    record::Record& record, const record::WriteSession& session,
    std::vector<record::TransactionEntry> entries);

/// The resources that fit a search's query, the first 50, as they are in the change that is under way.
[[nodiscard]] record::Outcome<std::vector<fhir::Json>> find_all(record::Record& record,
                                                                const record::WriteSession& session,
                                                                std::string_view type,
                                                                const std::string& query);

/// All resources that fit a search's query, page after page. `connection`: in a transaction.
[[nodiscard]] record::Outcome<std::vector<fhir::Json>> find_every(const record::Record& record,
                                                                  record::Connection& connection,
                                                                  std::int64_t now_ms, std::string_view type,
                                                                  const std::string& query);

/// An entry of the audit log for something that the server did.
[[nodiscard]] record::AuditEntry own_entry(record::AuditAct act);

}  // namespace reprise::server
