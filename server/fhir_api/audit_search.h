#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "record/audit/audit_log.h"
#include "record/search/parse_query.h"
#include "server/fhir_api/request.h"

// Searches of the audit log, by what it can be searched by.
namespace reprise::server {

/// The search parameters of R4's AuditEvent that are understood, besides `_count`, those of every request and
/// `purpose`, which FHIR has from R5 on: here a code of AuditEvent.purposeOfEvent, such as BTG.
[[nodiscard]] std::span<const std::string_view> audit_search_parameters();
constexpr std::string_view kAuditPurpose = "purpose";

struct AuditSearch {
  record::ReadQuery read;        ///< with all errors and warnings
  record::AuditQuery query;      ///< what the log itself can find; `matches` says the rest
  std::vector<std::string> ids;  ///< only these entries; empty: all
  bool by_id = false;
  std::vector<std::string> purposes;  ///< only entries of these, as they are written in a search; empty: all
};

/// Reads a search for AuditEvents: those of its parameters that are understood, each as anywhere else.
[[nodiscard]] AuditSearch read_audit_search(const ApiRequest& request, std::int64_t now_ms);

/// Notes in `search.query` by what the entries that are about these people and by them are found. Errors:
/// those of the connection.
[[nodiscard]] Result<void> add_subjects(AuditSearch& search, record::Connection& connection);

/// Whether an entry, as it may be shown to whoever asks, is what is searched for.
[[nodiscard]] bool matches(const AuditSearch& search, const record::AuditEntry& entry);

/// Whether it looks for something that the log has no index of, perhaps.
[[nodiscard]] bool is_narrowed(const AuditSearch& search);

/// The search as it is written in an address, without its page.
[[nodiscard]] std::string query_text(const AuditSearch& search);

}  // namespace reprise::server
