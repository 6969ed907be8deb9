#include "server/sign_in/desk.h"

#include "server/api/answer.h"
#include "server/api/api.h"
#include "server/api/audit.h"

namespace reprise::server {
namespace {

void send(const SharedCall& call, const http::Respond& respond, http::Response response) {
  response.fields.push_back({"x-request-id", call->request_id});
  respond(std::move(response));
}

}  // namespace

void write(Desk& desk, const SharedCall& call, http::Respond respond, MakeAnswer make) {
  auto made = std::make_shared<http::Response>();
  desk.record.write(
      {[made, make = std::move(make)](const record::WriteSession& session) -> std::optional<record::Refusal> {
         auto answered = make(session);
         if (!answered) return std::move(answered.error());
         *made = std::move(*answered);
         return {};
       },
       [made, call, respond = std::move(respond)](const std::optional<record::Refusal>& refusal) {
         send(call, respond, refusal ? answer(*refusal) : std::move(*made));
       }});
}

void respond_read(const SharedCall& call, const http::Respond& respond,
                  record::Outcome<http::Response> answered) {
  send(call, respond, answered ? std::move(*answered) : answer(answered.error()));
}

void with_password(Desk& desk, const http::Respond& respond, std::function<void()> work) {
  if (!desk.passwords.submit(std::move(work))) {
    respond(
        refused(503, word::kBusy, "too many passwords are waiting to be compared; try again in a moment"));
  }
}

bool may_try(Desk& desk, const Call& call, const http::Respond& respond) {
  const std::scoped_lock lock{desk.limiter_mutex};
  if (desk.limiter.take(call.place.address, record::milliseconds_now() * 1000)) return true;
  respond(refused_for_now(static_cast<std::int64_t>(1e6 / desk.options.addresses.per_second)));
  return false;
}

record::AuditEntry entry_of(const Call& call, record::AuditAct act, record::AuditOutcome outcome) {
  if (call.open) return entry_of(call, act, outcome, call.open->session.account);
  return entry_of(call, act, outcome, record::Account{});
}

record::AuditEntry entry_of(const Call& call, record::AuditAct act, record::AuditOutcome outcome,
                            const record::Account& account) {
  record::AuditEntry entry;
  entry.time_us = record::milliseconds_now() * 1000;
  entry.act = act;
  entry.outcome = outcome;
  entry.purpose = record::AuditPurpose::administration;
  if (!account.id.empty()) entry.agent = agent_of(account.role);
  entry.account = account.id;
  entry.person = account.person;
  entry.address = call.place.address;
  entry.request = call.request_id;
  return entry;
}

}  // namespace reprise::server
