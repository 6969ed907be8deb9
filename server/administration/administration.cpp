// SPDX-License-Identifier: Apache-2.0
#include "server/administration/administration.h"

#include "server/app_api/app_request.h"

namespace reprise::server {
namespace {

http::Response not_offered() {
  return refused(404, word::kNotFound, "this server does not have that");
}

void show(const AdministrationServices::JsonReader& read, const SharedRequest& request,
          record::Connection& connection, const http::Respond& respond) {
  if (!read) return respond_read(request, respond, not_offered());
  auto seen = read(connection);
  if (!seen) return respond_read(request, respond, tl::unexpected(std::move(seen.error())));
  respond_read(request, respond, json_answer(200, *seen));
}

/// Starts a task. 202: started; 409: one is running. Both with its progress.
void begin(AppContext& context, LongTask& task, const LongTask::Work& work, record::AuditAct act,
           const SharedRequest& request, const http::Respond& respond) {
  if (auto problem = Fields{request->body}.problem()) return respond(std::move(*problem));
  if (!work) return respond_read(request, respond, not_offered());
  const bool begun = task.begin(work);
  if (begun) context.record.note(entry_of(*request, act));
  respond_read(request, respond, json_answer(begun ? 202 : 409, task.state()));
}

}  // namespace

std::vector<Route> Administration::routes() {
  const auto shows = [](const AdministrationServices::JsonReader& read) -> Handler {
    return [&read](AppContext&, const SharedRequest& request, record::Connection& connection,
                   const http::Respond& respond) { show(read, request, connection, respond); };
  };
  const auto shows_task = [](const LongTask& task) -> Handler {
    return [&task](AppContext&, const SharedRequest& request, record::Connection&,
                   const http::Respond& respond) {
      respond_read(request, respond, json_answer(200, task.state()));
    };
  };
  const auto begins = [](LongTask& task, const LongTask::Work& work, record::AuditAct act) -> Handler {
    return [&task, &work, act](AppContext& context, const SharedRequest& request, record::Connection&,
                               const http::Respond& respond) {
      begin(context, task, work, act, request, respond);
    };
  };
  const Handler show_settings = [this](AppContext&, const SharedRequest& request, record::Connection&,
                                       const http::Respond& respond) {
    respond_read(request, respond,
                 services_.settings ? json_answer(200, services_.settings()) : not_offered());
  };
  constexpr auto kRole = Requires::administrator;
  std::vector<Route> routes = {
      {"GET", "/erasure", kRole, shows(services_.erasure_requests)},
      {"GET", "/administration/state", kRole, shows(services_.state)},
      {"GET", "/administration/settings", kRole, show_settings},
      {"GET", "/administration/verification", kRole, shows_task(verification_)},
      {"POST", "/administration/verification", kRole,
       begins(verification_, services_.verify, record::AuditAct::log_use)},
      {"GET", "/administration/backup", kRole, shows_task(backup_)},
      {"POST", "/administration/backup", kRole,
       begins(backup_, services_.back_up, record::AuditAct::export_data)},
  };
  for (Route& route : erasure_routes()) routes.push_back(std::move(route));
  return routes;
}

void Administration::end() {
  verification_.end();
  backup_.end();
}

}  // namespace reprise::server
