// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "record/search/query_builder.h"
#include "record/store/record.h"
#include "record/store/transaction.h"

// Writes of the server itself. The audit log names it as the agent.
namespace reprise::server {

/// Runs `work` as one change and waits for the commit. `stage`: of errors. `work` may run again after a
/// conflict with another process. Errors: those of the record.
[[nodiscard]] Result<void> write_now(
    record::Record& record, const char* stage,
    const std::function<std::optional<record::Refusal>(const record::WriteTransaction&)>& work);

/// Performs entries within such a change, and logs each new resource. Refuses as record::make_ready and
/// record::perform do.
[[nodiscard]] record::Outcome<std::vector<record::ChangeResult>> write_as_system(
    record::Record& record, const record::WriteTransaction& session,
    std::vector<record::TransactionEntry> entries);

/// Returns the first 50 resources that a search finds, as they are in this transaction.
[[nodiscard]] record::Outcome<std::vector<fhir::Json>> find_first(const record::Record& record,
                                                                  const record::WriteTransaction& session,
                                                                  const record::QueryBuilder& query);

/// Returns the first 1000 resources that a search finds. `connection`: in a transaction.
[[nodiscard]] record::Outcome<std::vector<fhir::Json>> find_page(const record::Record& record,
                                                                 record::Connection& connection,
                                                                 const record::QueryBuilder& query);

/// Returns all resources that a search finds, page after page. `connection`: in a transaction.
[[nodiscard]] record::Outcome<std::vector<fhir::Json>> find_all(const record::Record& record,
                                                                record::Connection& connection,
                                                                const record::QueryBuilder& query);

/// Returns the search by an identifier, for a conditional create of an operation.
[[nodiscard]] std::string identifier_condition(std::string_view system, std::string_view value);

/// Returns an audit entry of an act of the server.
[[nodiscard]] record::AuditEntry system_audit_entry(record::AuditAct act);

}  // namespace reprise::server
