#include "server/own_writing.h"

#include <future>

namespace reprise::server {
namespace {

Error error_of(const record::Refusal& refusal, const char* stage) {
  const bool database = refusal.why == record::Why::unavailable;
  std::string cause = refusal.issues.empty() ? "the record refused it" : to_string(refusal.issues.front());
  return {database ? ErrorCode::unavailable : ErrorCode::conflict, stage, std::move(cause),
          database ? "look whether the disk is full and the database answers, and start again"
                   : "report it with the version that you use"};
}

}  // namespace

Result<void> write_now(
    record::Record& record, const char* stage,
    const std::function<std::optional<record::Refusal>(const record::WriteSession&)>& work) {
  std::promise<std::optional<record::Refusal>> ended;
  record.write({work, [&](std::optional<record::Refusal> refusal) { ended.set_value(std::move(refusal)); }});
  const auto refusal = ended.get_future().get();
  if (refusal) return tl::unexpected(error_of(*refusal, stage));
  return {};
}

record::Outcome<std::vector<record::Done>> perform_own(record::Record& record,
                                                       const record::WriteSession& session,
                                                       std::vector<record::TransactionEntry> entries) {
  const record::Context context{record.numbers(), record.checks_references(), {}, record.opened()};
  const auto ready = record::make_ready(std::move(entries), session.connection, context);
  if (!ready) return tl::unexpected(ready.error());
  auto done = record::perform(session, context, *ready);
  if (!done) return done;
  for (const record::Done& one : *done) {
    if (!one.created || !one.stored) continue;
    auto entry = own_entry(record::AuditAct::create);
    entry.resource_type = one.stored->type;
    entry.resource_id = one.stored->id;
    entry.resource_version = std::to_string(one.stored->version);
    entry.patients = one.patients;
    session.entries.push_back(std::move(entry));
  }
  return done;
}

record::AuditEntry own_entry(record::AuditAct act) {
  record::AuditEntry entry;
  entry.time_us = record::milliseconds_now() * 1000;
  entry.act = act;
  entry.agent = record::AuditAgent::server;
  entry.purpose = record::AuditPurpose::administration;
  return entry;
}

}  // namespace reprise::server
