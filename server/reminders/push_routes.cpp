// SPDX-License-Identifier: Apache-2.0
#include "server/reminders/push_routes.h"

#include "base/base64.h"
#include "record/accounts/push_subscription.h"
#include "server/app_api/documents.h"
#include "server/push/subscription.h"

namespace reprise::server {
namespace {

using record::WriteTransaction;

const std::string& account_of(const AppRequest& request) {
  return request.open->session.account.id;
}

/// Logs a change of the devices.
void note_change(const AppRequest& request, const WriteTransaction& session) {
  session.entries.push_back(with_reason(entry_of(request, record::AuditAct::account_change), "push"));
}

void subscribe(AppContext& context, const SharedRequest& request, record::Connection&,
               const http::Respond& respond) {
  if (auto no = refuse_others(*request)) return respond_read(request, respond, std::move(*no));
  if (!may_try(context, *request, respond)) return;
  if (context.options.push_key.empty())
    return respond_read(request, respond,
                        refused(404, word::kNotFound, "this server sends no reminders by Web Push"));
  const auto read = push::read_subscription(request->body, context.options.push_hosts);
  if (!read) return respond_read(request, respond, refused(422, word::kInvalid, read.error().cause));
  const record::PushTarget target{read->endpoint.url, to_base64url(read->keys.point),
                                  to_base64url(read->keys.auth)};
  write(context, request, respond,
        [request, target](const WriteTransaction& session) -> record::Outcome<http::Response> {
          const auto id =
              record::keep_push_subscription(session.connection, account_of(*request),
                                             request->open->session.id, target, session.now_ms * 1000);
          if (!id) return record::refuse(id.error());
          note_change(*request, session);
          return json_answer(201, {{"id", *id}});
        });
}

/// The device says which one it is, by its endpoint: after signing in anew it has another session.
void recognize(AppContext& context, const SharedRequest& request, record::Connection&,
               const http::Respond& respond) {
  if (auto no = refuse_others(*request)) return respond_read(request, respond, std::move(*no));
  Fields fields{request->body};
  const std::string endpoint = fields.text("endpoint");
  if (auto problem = fields.problem()) return respond_read(request, respond, std::move(*problem));
  write(context, request, respond,
        [request, endpoint](const WriteTransaction& session) -> record::Outcome<http::Response> {
          const auto known = record::move_push_subscription(session.connection, account_of(*request),
                                                            request->open->session.id, endpoint);
          if (!known) return record::refuse(known.error());
          return json_answer(200, {{"known", *known}});
        });
}

void end_device(AppContext& context, const SharedRequest& request, record::Connection&,
                const http::Respond& respond) {
  if (auto no = refuse_others(*request)) return respond_read(request, respond, std::move(*no));
  write(context, request, respond,
        [request](const WriteTransaction& session) -> record::Outcome<http::Response> {
          const auto ended = record::end_push_subscription_of(session.connection, account_of(*request),
                                                              request->path.back());
          if (!ended) return record::refuse(ended.error());
          if (!*ended) return refused(404, word::kNotFound, "there is no such device, or it has ended");
          note_change(*request, session);
          return no_content();
        });
}

}  // namespace

std::optional<http::Response> refuse_others(const AppRequest& request) {
  if (request.open->session.account.role == record::Role::patient) return {};
  return refused(403, word::kNotAllowed, "reminders are a patient's own");
}

record::Outcome<fhir::Json> push_document(const AppContext& context, const AppRequest& request,
                                          record::Connection& connection) {
  if (context.options.push_key.empty()) return fhir::Json{};
  const auto all = record::push_subscriptions_of(connection, account_of(request));
  if (!all) return record::refuse(all.error());
  fhir::Json devices = fhir::Json::array();
  for (const record::PushSubscription& one : *all) {
    devices.push_back({{"id", one.id},
                       {"since", time_text(one.made_us)},
                       {"here", one.session == request.open->session.id}});
  }
  return fhir::Json{{"key", context.options.push_key}, {"devices", std::move(devices)}};
}

std::vector<Route> push_routes() {
  return {
      {"POST", "/reminders/devices", Requires::full, subscribe},
      {"POST", "/reminders/devices/here", Requires::full, recognize},
      {"DELETE", "/reminders/devices/*", Requires::full, end_device},
  };
}

}  // namespace reprise::server
