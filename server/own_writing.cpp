#include "server/own_writing.h"

#include <array>
#include <future>

#include "fhir/resource.h"
#include "record/search/read_query.h"
#include "record/search/search.h"
#include "record/store/content.h"

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

record::Outcome<std::vector<fhir::Json>> find_all(record::Record& record, const record::WriteSession& session,
                                                  std::string_view type, const std::string& query) {
  const std::array<std::string_view, 1> forms = {query};
  auto read = record::read_query(type, forms, {.lenient = false, .now_ms = session.now_ms, .base = {}});
  if (!read.errors.empty())
    return tl::unexpected(record::Refusal{record::Why::malformed, std::move(read.errors)});
  const auto scope = record::Permission{}.scope_of(read.query);
  if (!scope) return tl::unexpected(scope.error());
  const auto page = record::search(session.connection, read.query, record.numbers(), *scope);
  if (!page) return record::refuse(page.error());
  std::vector<fhir::Json> found;
  for (const auto& match : page->matches) {
    const auto whole =
        record::whole_text({match.type, match.id, match.version, match.updated_ms}, match.content);
    if (auto json = fhir::parse_resource(whole)) found.push_back(std::move(*json));
  }
  return found;
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
