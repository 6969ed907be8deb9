// SPDX-License-Identifier: Apache-2.0
#include <ctime>

#include "record/search/parse_query.h"
#include "server/fhir_api/api.h"
#include "server/fhir_api/audit.h"
#include "server/fhir_api/audit_events.h"
#include "server/fhir_api/binary.h"
#include "server/fhir_api/capabilities.h"
#include "server/fhir_api/history.h"
#include "server/fhir_api/payload/resource_part.h"
#include "server/fhir_api/search.h"

namespace reprise::server {
namespace {

using fhir::IssueType;
using record::Refusal;
using record::RefusalKind;

Refusal not_there() {
  return record::refuse(RefusalKind::not_found, IssueType::not_found, "there is no such resource").value();
}

/// Parses "Wed, 21 Oct 2026 07:28:00 GMT" to seconds since 1970.
std::optional<std::int64_t> read_http_date(const std::string& text) {
  std::tm parts{};
  const char* end = ::strptime(text.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
  if (end == nullptr || *end != '\0') return {};
  return ::timegm(&parts);
}

bool is_known(const ApiRequest& request, const record::Stored& stored) {
  if (!stored.content) return false;
  if (!request.if_none_match.empty()) return version_of_tag(request.if_none_match) == stored.version;
  const auto since = read_http_date(request.if_modified_since);
  return since && stored.updated_ms / 1000 <= *since;
}

http::Response shown(const ApiRequest& request, const record::Stored& stored) {
  if (is_known(request, stored)) return {304, {{"etag", tag_of(stored.version)}}, {}};
  if (request.native && stored.content) return answer_native(request, stored);
  auto response = answer(stored);
  if (stored.content) response.body = part_of(std::move(response.body), request.part);
  return response;
}

ReadAnswer answer_read(const ApiRequest& request, record::Connection& connection,
                       const record::Context& context) {
  const RequestAddress& asked = request.asked;
  const auto failed = [&](const Refusal& refusal) {
    auto response = answer(refusal);
    auto entry = entry_of(request, response.status);
    return ReadAnswer{std::move(response), std::move(entry)};
  };
  if (!context.permission.may(asked.type, record::Need::read)) return failed(record::forbidden().value());
  const auto found = asked.interaction == FhirInteraction::vread
                         ? find_version(connection, context.index_ids, asked.type, asked.id, asked.version)
                         : find_resource(connection, context.index_ids, asked.type, asked.id);
  if (!found) return failed(record::refuse(found.error()).value());
  if (!*found) return failed(not_there());
  const record::Stored& stored = **found;
  if (!context.permission.unlimited()) {
    const auto compartments = compartments_of_version(connection, context.index_ids, stored);
    if (!compartments) return failed(record::refuse(compartments.error()).value());
    const auto may = context.permission.may(connection, asked.type, record::Need::read, *compartments);
    if (!may) return failed(record::refuse(may.error()).value());
    // Its existence is confidential too.
    if (!*may) return failed(not_there());
  }
  ReadAnswer read;
  read.response = shown(request, stored);
  read.entry = entry_of(request, read.response.status);
  add_resource(read.entry, stored, connection, context);
  return read;
}

ReadAnswer noted(const ApiRequest& request, http::Response response) {
  auto entry = entry_of(request, response.status);
  return {std::move(response), std::move(entry)};
}

}  // namespace

ReadAnswer answer_reading(const ApiRequest& request, record::Connection& connection,
                          const record::Context& context) {
  if (request.asked.type == record::kLogType) return answer_audit_events(request, connection, context);
  switch (request.asked.interaction) {
    case FhirInteraction::capabilities: {
      auto statement = capabilities_text(request.base, context.since, context.check_references);
      return noted(request, answer(200, part_of(std::move(statement), request.part)));
    }
    case FhirInteraction::read:
    case FhirInteraction::vread: return answer_read(request, connection, context);
    case FhirInteraction::history_instance:
    case FhirInteraction::history_type: return answer_history(request, connection, context);
    default: return answer_search(request, connection, context);
  }
}

ReadAnswer answer_in_one_state(const ApiRequest& request, record::Connection& connection,
                               const record::Context& context) {
  if (request.asked.interaction != FhirInteraction::search)
    return answer_reading(request, connection, context);
  if (const auto begun = connection.begin_reading(); !begun) {
    return noted(request, answer(record::refuse(begun.error()).value()));
  }
  auto read = answer_reading(request, connection, context);
  connection.rollback();
  return read;
}

}  // namespace reprise::server
