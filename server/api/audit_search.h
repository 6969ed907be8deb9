#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "record/audit/audit_log.h"
#include "record/search/read_query.h"
#include "server/api/request.h"

// Searches of the audit log, by what it can be searched by.
namespace reprise::server {

/// The search parameters of AuditEvent that are understood, besides `_count` and those of every request.
[[nodiscard]] std::span<const std::string_view> audit_search_parameters();

struct AuditSearch {
  record::ReadQuery read;        ///< with all errors and warnings
  record::AuditQuery query;      ///< what the log itself can find; `matches` says the rest
  std::vector<std::string> ids;  ///< only these entries; empty: all
  bool by_id = false;
};

/// Reads a search for AuditEvents: those of its parameters that are understood, each as anywhere else.
[[nodiscard]] AuditSearch read_audit_search(const ApiRequest& request, std::int64_t now_ms);

/// Notes in `search.query` by what the entries that are about these people and by them are found. Errors:
/// those of the connection.
[[nodiscard]] Result<void> add_subjects(AuditSearch& search, record::Connection& connection);

/// Whether an entry, as it may be shown to whoever asks, is what is searched for.
[[nodiscard]] bool matches(const record::SearchQuery& query, const record::AuditEntry& entry);

}  // namespace reprise::server
