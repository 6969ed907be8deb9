// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "record/audit/audit_log.h"
#include "record/search/parse_query.h"
#include "server/fhir_api/request.h"

// Searches of the audit log, by its supported parameters.
namespace reprise::server {

/// The supported search parameters of R4's AuditEvent, besides `_count`, the common ones, and `purpose`. FHIR
/// has the latter from R5 on; here it is a code of AuditEvent.purposeOfEvent, such as BTG.
[[nodiscard]] std::span<const std::string_view> audit_search_parameters();
constexpr std::string_view kAuditPurpose = "purpose";

struct AuditSearch {
  record::ReadQuery read;        ///< with all errors and warnings
  record::AuditQuery query;      ///< the part that the log's index answers; `matches` checks the rest
  std::vector<std::string> ids;  ///< only these entries; empty: all
  bool by_id = false;
  std::vector<std::string> purposes;  ///< only these purposes, as in the search; empty: all
};

/// Parses a search for AuditEvents with the common rules.
[[nodiscard]] AuditSearch read_audit_search(const ApiRequest& request, std::int64_t now_ms);

/// Adds to `search.query` the index keys of these people. Errors: those of the connection.
[[nodiscard]] Result<void> add_subjects(AuditSearch& search, record::Connection& connection);

/// Returns whether an entry, as the principal may see it, matches the search.
[[nodiscard]] bool matches(const AuditSearch& search, const record::AuditEntry& entry);

/// Returns whether the search may need more than the log's index.
[[nodiscard]] bool is_narrowed(const AuditSearch& search);

/// Serializes the search for a URL, without its page.
[[nodiscard]] std::string query_text(const AuditSearch& search);

}  // namespace reprise::server
