#include "server/api/api.h"
#include "server/api/audit.h"
#include "server/api/capabilities.h"
#include "server/api/history.h"
#include "server/api/search.h"

namespace reprise::server {
namespace {

using fhir::IssueType;
using record::Refusal;
using record::Why;

http::Response not_there() {
  return answer(record::refuse(Why::not_found, IssueType::not_found, "there is no such resource").value());
}

ReadAnswer answer_read(const ApiRequest& request, record::Connection& connection,
                       const record::Context& context) {
  const Asked& asked = request.asked;
  const auto found = asked.interaction == FhirInteraction::vread
                         ? find_version(connection, context.numbers, asked.type, asked.id, asked.version)
                         : find_resource(connection, context.numbers, asked.type, asked.id);
  ReadAnswer read;
  if (!found) {
    read.response = answer(record::refuse(found.error()).value());
  } else if (!*found) {
    read.response = not_there();
  } else if ((*found)->kept && !request.if_none_match.empty() &&
             version_of_tag(request.if_none_match) == (*found)->version) {
    read.response = {304, {{"etag", tag_of((*found)->version)}}, {}};
  } else {
    read.response = answer(**found);
  }
  read.entry = entry_of(request, read.response.status);
  if (found && *found) add_resource(read.entry, **found, connection, context.numbers);
  return read;
}

ReadAnswer noted(const ApiRequest& request, http::Response response) {
  auto entry = entry_of(request, response.status);
  return {std::move(response), std::move(entry)};
}

}  // namespace

ReadAnswer answer_reading(const ApiRequest& request, record::Connection& connection,
                          const record::Context& context) {
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
