// SPDX-License-Identifier: Apache-2.0
#include "server/app_api/app_api.h"

#include <algorithm>

#include "server/fhir_api/api.h"
#include "server/http/routing.h"

namespace reprise::server {
namespace {

tl::expected<const Route*, http::Response> route_of(const std::vector<Route>& routes,
                                                    const http::Request& request) {
  const auto found = http::find_route(
      routes, request.method, std::string_view{request.target}.substr(std::string_view{kAppApiPath}.size()));
  if (found.route != nullptr) return found.route;
  if (found.is_for_other_method)
    return tl::unexpected(refused(405, word::kInvalid, "this address is not for that method"));
  return tl::unexpected(refused(404, word::kNotFound, "there is nothing at this address"));
}

std::optional<http::Response> check_role(const AppRequest& app_request, Requires wants) {
  using record::SessionStage;
  if (wants == Requires::nothing) return {};
  const auto stage = app_request.open ? std::optional{app_request.open->session.stage} : std::nullopt;
  const bool far_enough = stage && (*stage == SessionStage::full ? wants != Requires::second_factor
                                                                 : (*stage == SessionStage::second_factor
                                                                        ? wants == Requires::second_factor
                                                                        : wants == Requires::enrolment));
  if (!far_enough) return refused(401, word::kNoSession, "sign in first");
  const record::Role role = app_request.open->session.account.role;
  const bool right_role = (wants != Requires::clinician || role == record::Role::clinician) &&
                          (wants != Requires::administrator || role == record::Role::administrator) &&
                          (wants != Requires::manager || record::needs_second_factor(role));
  if (!right_role) return refused(403, word::kNotAllowed, "this is not for the role of this account");
  return {};
}

void answer_request(AppContext& context, const std::shared_ptr<AppRequest>& app_request,
                    const http::Request& request, const Route& route, record::Connection& connection,
                    const http::Respond& respond) {
  const std::int64_t now_us = record::milliseconds_now() * 1000;
  auto open = session_of(request, connection, now_us);
  if (!open) return respond_read(app_request, respond, tl::unexpected(std::move(open.error())));
  app_request->open = std::move(*open);
  // With a session, every request must come from its page, even where no session is needed: another site must
  // not sign a user in or out.
  if (app_request->open && !is_from_own_page(request, app_request->open->secret)) {
    return respond_read(app_request, respond,
                        refused(403, word::kCsrf, "the request does not come from a page of this session"));
  }
  if (auto no = check_role(*app_request, route.needs))
    return respond_read(app_request, respond, std::move(*no));
  if (route.proof == Proof::recent && !is_recent(app_request->open->session, now_us)) {
    return respond_read(
        app_request, respond,
        refused(403, word::kProof, "show the password or a code once more: POST /auth/proof"));
  }
  if (app_request->open && should_note_seen(app_request->open->session, now_us))
    note_seen(context.record, app_request->open->hash);
  context.refusals.end_minute(now_us);
  route.handler(context, app_request, connection, respond);
}

}  // namespace

AppApi::AppApi(record::Record& record, AppApiOptions options, std::vector<Route> routes)
    : context_(std::make_unique<AppContext>(record, std::move(options))), routes_(std::move(routes)) {}

AppApi::~AppApi() = default;

void AppApi::end() {
  context_->passwords.end();
  context_->refusals.flush(record::milliseconds_now() * 1000);
}

void AppApi::handle(http::Request request, http::Respond respond) {
  auto app_request = parse_app_request(request, context_->options.public_url, context_->options.network_url);
  if (!app_request) return respond(std::move(app_request.error()));
  const auto route = route_of(routes_, request);
  if (!route) return respond(route.error());
  request.body.clear();
  auto shared = std::make_shared<AppRequest>(std::move(*app_request));
  const bool taken = context_->record.read(
      [this, shared, request = std::move(request), route = *route, respond](record::Connection& connection) {
        answer_request(*context_, shared, request, *route, connection, respond);
      });
  if (!taken) respond(refused(503, word::kBusy, "too much is waiting; try again in a moment"));
}

}  // namespace reprise::server
