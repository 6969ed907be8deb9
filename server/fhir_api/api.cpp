// SPDX-License-Identifier: Apache-2.0
#include "server/fhir_api/api.h"

#include <algorithm>

#include "base/time.h"
#include "fhir/model/lossless_json.h"
#include "record/store/bundle_references.h"
#include "server/authentication/authenticate.h"
#include "server/fhir_api/audit.h"
#include "server/fhir_api/batch.h"

namespace reprise::server {

using record::Refusal;

Refusal too_busy() {
  return record::refuse(record::RefusalKind::unavailable, fhir::IssueType::transient,
                        "more requests are waiting than the database can answer; try again in a moment")
      .value();
}

Refusal too_costly() {
  return record::refuse(record::RefusalKind::too_large, fhir::IssueType::too_costly,
                        "the whole answer would be larger or take longer than one may; ask for this apart")
      .value();
}

namespace {

std::string_view below_base(std::string_view target, std::string_view base_path) {
  return target.substr(std::min(target.size(), base_path.size()));
}

http::RequestKind kind_of(FhirInteraction interaction) {
  using http::RequestKind;
  switch (interaction) {
    case FhirInteraction::capabilities: return RequestKind::capabilities;
    case FhirInteraction::read: return RequestKind::read;
    case FhirInteraction::vread: return RequestKind::vread;
    case FhirInteraction::history_instance:
    case FhirInteraction::history_type: return RequestKind::history;
    case FhirInteraction::search: return RequestKind::search;
    case FhirInteraction::create: return RequestKind::create;
    case FhirInteraction::update: return RequestKind::update;
    case FhirInteraction::patch: return RequestKind::patch;
    case FhirInteraction::remove: return RequestKind::remove;
    case FhirInteraction::bundle: return RequestKind::batch;
  }
  return RequestKind::other;
}

}  // namespace

bool is_of_patient(const record::Permission& permission) {
  return permission.principal() != nullptr && !record::own_patient(*permission.principal()).empty();
}

void Api::handle(http::Request request, http::Respond respond) {
  struct Addressed {
    http::Request request;
    record::Outcome<RequestAddress> asked;
  };
  auto asked = read_address(request.method, below_base(request.target, options_.base_path));
  const auto kind = asked ? kind_of(asked->interaction) : http::RequestKind::other;
  http::Respond with_kind = [kind, respond = std::move(respond)](http::Response response) {
    response.kind = kind;
    respond(std::move(response));
  };
  auto shared = std::make_shared<Addressed>(Addressed{std::move(request), std::move(asked)});
  const bool taken =
      record_.read([self = shared_from_this(), shared, with_kind](record::Connection& connection) {
        self->answer_request(std::move(shared->request), std::move(shared->asked), connection, with_kind);
      });
  if (!taken) with_kind(answer(too_busy()));
}

void Api::note(record::AuditEntry entry, unsigned status) {
  if (status == 401 || status == 403) return refusals_.add(std::move(entry));
  refusals_.end_minute(entry.time_us);
  record_.note(std::move(entry));
}

void Api::end() {
  refusals_.flush(record::milliseconds_now() * 1000);
}

void Api::answer_request(http::Request request, record::Outcome<RequestAddress> asked,
                         record::Connection& connection, const http::Respond& respond) {
  const std::string address = request.remote_address;
  const std::string target{below_base(request.target, options_.base_path)};
  auto known = options_.sign_in ? authenticate(request, connection) : record::Outcome<AuthenticatedRequest>{};
  auto read =
      asked ? read_request(std::move(request), std::move(*asked), options_.base_path, options_.public_base)
            : tl::unexpected(std::move(asked.error()));
  const bool for_everyone = read && read->asked.interaction == FhirInteraction::capabilities;
  // This request is anonymous: the client looks for a way to sign in.
  if (!read && target.rfind("/.well-known/", 0) == 0) return respond(answer(read.error()));
  if (!known && !for_everyone) {
    auto response = answer(known.error());
    note(read ? entry_of(*read, response.status) : entry_of_stranger(address), response.status);
    return respond(std::move(response));
  }
  if (!read) {
    auto response = answer(read.error());
    if (read.error().kind == record::RefusalKind::method)
      response.fields.push_back({"allow", allowed_methods(target)});
    return respond(std::move(response));
  }
  if (known) {
    read->permission = std::move(known->permission);
    if (!known->seen_session.empty()) note_seen(record_, std::move(known->seen_session));
  }
  read->most_bytes = options_.limits.answer_bytes;
  if (auto refusal = check_budget(*read)) {
    auto response = answer(*refusal);
    note(entry_of(*read, response.status), response.status);
    return respond(std::move(response));
  }
  perform_in_turn(std::move(*read), connection, respond);
}

std::optional<Refusal> Api::check_budget(const ApiRequest& request) {
  using fhir::IssueType;
  using record::RefusalKind;
  const bool patient = is_of_patient(request.permission);
  const Limits& limits = options_.limits;
  if (request.body.empty()) return {};
  if (most_values_in(request.body) > (patient ? limits.patient_values : limits.values)) {
    return record::refuse(RefusalKind::too_large, IssueType::too_costly,
                          "the body has more values than are accepted at once; send it in parts")
        .value();
  }
  const std::int64_t day = record::milliseconds_now() / kDayMs;
  if (patient && !written_.take(request.permission.principal()->account, request.body.size(), day)) {
    return record::refuse(RefusalKind::too_many, IssueType::throttled,
                          "this account has sent as much today as it may; go on tomorrow")
        .value();
  }
  return {};
}

void Api::perform_in_turn(ApiRequest request, record::Connection& connection, http::Respond respond) {
  const record::Principal* principal = request.permission.principal();
  const std::string account = principal != nullptr ? principal->account : std::string{};
  const http::Respond finished = [self = shared_from_this(), account, respond,
                                  pretty = request.pretty && !request.native,
                                  id = request.request_id](http::Response response) {
    response.fields.push_back({"x-request-id", id});
    // Indenting parses the whole body.
    const bool read = pretty && response.body.size() <= kMebibyte;
    const auto json = read ? fhir::parse_lossless(response.body) : Result<fhir::Json>{};
    if (read && json) response.body = fhir::write_exactly(*json, 2) + "\n";
    respond(std::move(response));
    if (!account.empty()) self->accounts_.leave(account);
  };
  if (account.empty()) return perform(request, connection, finished);
  const std::size_t most = is_of_patient(request.permission) ? options_.limits.requests_per_patient
                                                             : options_.limits.requests_per_account;
  const auto waiting = std::make_shared<ApiRequest>(std::move(request));
  const auto turn = accounts_.enter(account, most, [self = shared_from_this(), waiting, finished] {
    const bool taken = self->record_.read(
        [self, waiting, finished](record::Connection& later) { self->perform(*waiting, later, finished); });
    if (!taken) finished(answer(too_busy()));
  });
  if (turn == AccountBudget::Turn::now) return perform(*waiting, connection, finished);
  if (turn == AccountBudget::Turn::later) return;
  respond(answer(record::refuse(record::RefusalKind::too_many, fhir::IssueType::throttled,
                                "too many requests of this account are waiting; try again in a moment")
                     .value()));
}

void Api::perform(const ApiRequest& request, record::Connection& connection, const http::Respond& respond) {
  switch (request.asked.interaction) {
    case FhirInteraction::create:
    case FhirInteraction::update:
    case FhirInteraction::patch:
    case FhirInteraction::remove: return change(request, connection, respond);
    case FhirInteraction::bundle: return perform_bundle(shared_from_this(), request, connection, respond);
    default: break;
  }
  auto read = answer_in_one_state(request, connection, context_of(request));
  note(std::move(read.entry), read.response.status);
  respond(std::move(read.response));
}

void Api::change(const ApiRequest& request, record::Connection& connection, const http::Respond& respond,
                 int tries) {
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
  if (ready && tries < kMostPreparations)
    ready = apply_patch(std::move(*ready), connection, context_of(request));
  if (!ready) return refused(request, ready.error());
  struct State {
    ApiRequest request;
    record::PreparedOperation ready;
    http::Response response;
  };
  auto state = std::make_shared<State>(State{request, std::move(*ready), {}});
  if (request.asked.interaction != FhirInteraction::patch) state->request.body.clear();
  const auto again = [self = shared_from_this(), state, respond, tries] {
    const bool taken = self->record_.read([self, state, respond, tries](record::Connection& reading) {
      self->change(state->request, reading, respond, tries + 1);
    });
    if (!taken) respond(answer(too_busy()));
  };
  record_.write(
      {[this, state,
        context = context_of(request)](const record::WriteTransaction& session) -> std::optional<Refusal> {
         std::vector<record::Target> references;
         const auto done = record::perform(session, context, state->ready, references);
         if (!done) return done.error();
         if (auto refusal = check_references(session.connection, context, std::move(references), {&*done, 1}))
           return refusal;
         if (auto refusal = after_changes(session, {&*done, 1}, context.permission)) return refusal;
         state->response =
             answer(*done, state->ready.operation.verb, state->request.wanted, state->request.base);
         session.entries.push_back(entry_of(state->request, state->response.status));
         add_change(session.entries.back(), *done, context);
         return {};
       },
       [this, state, respond, refused, again](const std::optional<Refusal>& refusal) {
         if (refusal && refusal->kind == record::RefusalKind::moved) return again();
         if (refusal) return refused(state->request, *refusal);
         respond_off_writer(std::move(state->response), respond);
       }});
}

void Api::respond_off_writer(http::Response response, const http::Respond& respond) {
  constexpr std::size_t kQuickBytes = 8UL * 1024;
  if (response.body.size() <= kQuickBytes) return respond(std::move(response));
  const auto shared = std::make_shared<http::Response>(std::move(response));
  const bool taken = record_.read([shared, respond](record::Connection&) { respond(std::move(*shared)); });
  if (!taken) respond(std::move(*shared));
}

}  // namespace reprise::server
