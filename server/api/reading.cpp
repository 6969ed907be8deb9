#include "record/search/read_query.h"
#include "server/api/api.h"
#include "server/api/audit.h"
#include "server/api/audit_events.h"
#include "server/api/capabilities.h"
#include "server/api/history.h"
#include "server/api/search.h"

namespace reprise::server {
namespace {

using fhir::IssueType;
using record::Refusal;
using record::Why;

Refusal not_there() {
  return record::refuse(Why::not_found, IssueType::not_found, "there is no such resource").value();
}

bool is_known(const ApiRequest& request, const record::Stored& stored) {
  return stored.kept && !request.if_none_match.empty() &&
         version_of_tag(request.if_none_match) == stored.version;
}

ReadAnswer answer_read(const ApiRequest& request, record::Connection& connection,
                       const record::Context& context) {
  const Asked& asked = request.asked;
  const auto failed = [&](const Refusal& refusal) {
    auto response = answer(refusal);
    auto entry = entry_of(request, response.status);
    return ReadAnswer{std::move(response), std::move(entry)};
  };
  if (!context.permission.may(asked.type, record::Need::read)) return failed(record::forbidden().value());
  const auto found = asked.interaction == FhirInteraction::vread
                         ? find_version(connection, context.numbers, asked.type, asked.id, asked.version)
                         : find_resource(connection, context.numbers, asked.type, asked.id);
  if (!found) return failed(record::refuse(found.error()).value());
  if (!*found) return failed(not_there());
  const record::Stored& stored = **found;
  if (!context.permission.unlimited()) {
    const auto compartments = compartments_of_version(connection, context.numbers, stored);
    if (!compartments) return failed(record::refuse(compartments.error()).value());
    const auto may = context.permission.may(connection, asked.type, record::Need::read, *compartments);
    if (!may) return failed(record::refuse(may.error()).value());
    // That there is one is nobody else's business either.
    if (!*may) return failed(not_there());
  }
  ReadAnswer read;
  read.response = is_known(request, stored) ? http::Response{304, {{"etag", tag_of(stored.version)}}, {}}
                                            : answer(stored);
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
    case FhirInteraction::capabilities:
      return noted(request,
                   answer(200, capabilities_text(request.base, context.since, context.check_references)));
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
