#include "server/sign_in/documents.h"
#include "server/sign_in/handlers.h"

// What administrators see of the server and have it do.
namespace reprise::server {
namespace {

http::Response cannot_be_had() {
  return refused(404, word::kNotFound, "this server does not have that");
}

void note(Desk& desk, const SharedCall& call, record::AuditAct act) {
  desk.record.note(entry_of(*call, act));
}

void show(const Housekeeping::Look& look, const SharedCall& call, record::Connection& connection,
          const http::Respond& respond) {
  if (!look) return respond_read(call, respond, cannot_be_had());
  auto seen = look(connection);
  if (!seen) return respond_read(call, respond, tl::unexpected(std::move(seen.error())));
  respond_read(call, respond, json_answer(200, *seen));
}

/// 202: it was begun, 409: one is under way. Both with how far it is.
void begin(Desk& desk, LongTask& task, const LongTask::Work& work, record::AuditAct act,
           const SharedCall& call, const http::Respond& respond) {
  if (auto problem = Fields{call->body}.problem()) return respond(std::move(*problem));
  if (!work) return respond_read(call, respond, cannot_be_had());
  const bool begun = task.begin(work);
  if (begun) note(desk, call, act);
  respond_read(call, respond, json_answer(begun ? 202 : 409, task.state()));
}

}  // namespace

void show_state(Desk& desk, const SharedCall& call, record::Connection& connection,
                const http::Respond& respond) {
  show(desk.options.housekeeping.state, call, connection, respond);
}

void show_settings(Desk& desk, const SharedCall& call, record::Connection&, const http::Respond& respond) {
  const auto& settings = desk.options.housekeeping.settings;
  respond_read(call, respond, settings ? json_answer(200, settings()) : cannot_be_had());
}

void list_erasure_requests(Desk& desk, const SharedCall& call, record::Connection& connection,
                           const http::Respond& respond) {
  show(desk.options.housekeeping.erasure_requests, call, connection, respond);
}

void show_verification(Desk& desk, const SharedCall& call, record::Connection&,
                       const http::Respond& respond) {
  respond_read(call, respond, json_answer(200, desk.verification.state()));
}

void begin_verification(Desk& desk, const SharedCall& call, record::Connection&,
                        const http::Respond& respond) {
  begin(desk, desk.verification, desk.options.housekeeping.verify, record::AuditAct::log_use, call, respond);
}

void show_backup(Desk& desk, const SharedCall& call, record::Connection&, const http::Respond& respond) {
  respond_read(call, respond, json_answer(200, desk.backup.state()));
}

void begin_backup(Desk& desk, const SharedCall& call, record::Connection&, const http::Respond& respond) {
  begin(desk, desk.backup, desk.options.housekeeping.back_up, record::AuditAct::export_data, call, respond);
}

}  // namespace reprise::server
