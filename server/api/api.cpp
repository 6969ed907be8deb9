#include "server/api/api.h"

#include <algorithm>

#include "fhir/exact_json.h"
#include "record/store/bundle_references.h"
#include "server/api/asker.h"
#include "server/api/audit.h"
#include "server/api/batch.h"

namespace reprise::server {

using record::Refusal;

Refusal too_busy() {
  return record::refuse(record::Why::unavailable, fhir::IssueType::transient,
                        "more requests are waiting than the database can answer; try again in a moment")
      .value();
}

void Api::handle(http::Request request, http::Respond respond) {
  auto shared = std::make_shared<http::Request>(std::move(request));
  const bool taken =
      record_.read([self = shared_from_this(), shared, respond](record::Connection& connection) {
        self->answer_request(std::move(*shared), connection, respond);
      });
  if (!taken) respond(answer(too_busy()));
}

void Api::note(record::AuditEntry entry, unsigned status) {
  if (status == 401 || status == 403) return refusals_.add(std::move(entry));
  refusals_.end_minute(entry.time_us);
  record_.note(std::move(entry));
}

void Api::end() {
  refusals_.flush(record::milliseconds_now() * 1000);
}

void Api::answer_request(http::Request request, record::Connection& connection,
                         const http::Respond& respond) {
  const std::string address = request.remote_address;
  const std::string target =
      request.target.substr(std::min(request.target.size(), options_.base_path.size()));
  auto known = options_.sign_in ? who_asks(request, connection) : record::Outcome<Known>{};
  auto read = read_request(std::move(request), options_.base_path, options_.public_base);
  const bool for_everyone = read && read->asked.interaction == FhirInteraction::capabilities;
  // Whoever looks for a way to sign in has not signed in.
  if (!read && target.rfind("/.well-known/", 0) == 0) return respond(answer(read.error()));
  if (!known && !for_everyone) {
    auto response = answer(known.error());
    note(read ? entry_of(*read, response.status) : entry_of_stranger(address), response.status);
    return respond(std::move(response));
  }
  if (!read) {
    auto response = answer(read.error());
    if (read.error().why == record::Why::method)
      response.fields.push_back({"allow", allowed_methods(target)});
    return respond(std::move(response));
  }
  if (known) {
    read->permission = std::move(known->permission);
    if (!known->seen_session.empty()) note_seen(record_, std::move(known->seen_session));
  }
  perform(*read, connection,
          [respond, pretty = read->pretty && !read->native, id = read->request_id](http::Response response) {
            response.fields.push_back({"x-request-id", id});
            const auto json = pretty ? fhir::read_exactly(response.body) : Result<fhir::Json>{};
            if (pretty && json) response.body = fhir::write_exactly(*json, 2) + "\n";
            respond(std::move(response));
          });
}

void Api::perform(const ApiRequest& request, record::Connection& connection, const http::Respond& respond) {
  switch (request.asked.interaction) {
    case FhirInteraction::create:
    case FhirInteraction::update:
    case FhirInteraction::patch:
    case FhirInteraction::remove: return change(request, respond);
    case FhirInteraction::bundle: return perform_bundle(shared_from_this(), request, connection, respond);
    default: break;
  }
  auto read = answer_in_one_state(request, connection, context_of(request));
  note(std::move(read.entry), read.response.status);
  respond(std::move(read.response));
}

void Api::change(const ApiRequest& request, const http::Respond& respond) {
  const auto refused = [this, respond](const ApiRequest& asked, const Refusal& refusal) {
    auto response = answer(refusal);
    note(entry_of(asked, response.status), response.status);
    respond(std::move(response));
  };
  auto operation = operation_of(request);
  if (!operation) return refused(request, operation.error());
  if (const auto refusal = resolve_links(*operation, request.full_url, context_of(request)))
    return refused(request, *refusal);
  auto ready = make_ready(std::move(*operation), context_of(request));
  if (!ready) return refused(request, ready.error());
  struct State {
    ApiRequest request;
    record::ReadyOperation ready;
    http::Response response;
  };
  auto state = std::make_shared<State>(State{request, std::move(*ready), {}});
  state->request.body.clear();
  record_.write({[this, state, context = context_of(request)](
                     const record::WriteSession& session) -> std::optional<Refusal> {
                   std::vector<record::Target> references;
                   const auto done = record::perform(session, context, state->ready, references);
                   if (!done) return done.error();
                   if (context.check_references) {
                     if (auto refusal = check_references(session.connection, context.numbers, references))
                       return refusal;
                   }
                   if (auto refusal = after_changes(session, {&*done, 1}, context.permission)) return refusal;
                   state->response =
                       answer(*done, state->ready.operation.verb, state->request.wanted, state->request.base);
                   session.entries.push_back(entry_of(state->request, state->response.status));
                   add_change(session.entries.back(), *done, context);
                   return {};
                 },
                 [state, respond, refused](const std::optional<Refusal>& refusal) {
                   if (refusal) return refused(state->request, *refusal);
                   respond(std::move(state->response));
                 }});
}

}  // namespace reprise::server
