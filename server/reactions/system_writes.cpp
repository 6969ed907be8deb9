// SPDX-License-Identifier: Apache-2.0
#include "server/reactions/system_writes.h"

#include <fmt/format.h>

#include <array>
#include <future>
#include <limits>

#include "fhir/model/resource.h"
#include "record/content/content.h"
#include "record/search/parse_query.h"
#include "record/search/query_string.h"
#include "record/search/search.h"

namespace reprise::server {
namespace {

Error error_of(const record::Refusal& refusal, const char* stage) {
  const bool database = refusal.kind == record::RefusalKind::unavailable;
  std::string cause = refusal.issues.empty() ? "the record refused it" : to_string(refusal.issues.front());
  return {database ? ErrorCode::unavailable : ErrorCode::conflict, stage, std::move(cause),
          database ? "look whether the disk is full and the database answers, and start again"
                   : "report it with the version that you use"};
}

/// Adds the resources of a page. Returns the cursor of the next page.
record::Outcome<std::optional<std::string>> read_page(const record::Record& record,
                                                      record::Connection& connection,
                                                      const record::SearchQuery& query,
                                                      std::vector<fhir::Json>& found) {
  const auto scope = record::Permission{}.scope_of(query);
  if (!scope) return tl::unexpected(scope.error());
  auto page = record::search(connection, query, record.index_ids(), *scope);
  if (!page) return record::refuse(page.error());
  for (const auto& match : page->matches) {
    const auto whole =
        record::whole_text({match.type, match.id, match.version, match.updated_ms}, match.content);
    if (auto json = fhir::parse_resource(whole)) found.push_back(std::move(*json));
  }
  return std::move(page->next);
}

record::Outcome<std::vector<fhir::Json>> read_pages(const record::Record& record,
                                                    record::Connection& connection,
                                                    const record::QueryBuilder& query, std::size_t most) {
  auto built = query.build();
  if (!built) return record::refuse(built.error());
  built->count = record::kMostResources;
  std::vector<fhir::Json> found;
  for (std::size_t pages = 0; pages < most; ++pages) {
    auto next = read_page(record, connection, *built, found);
    if (!next) return tl::unexpected(next.error());
    if (*next) built->cursor = record::read_cursor(**next, record::fingerprint(*built));
    if (!*next || !built->cursor) break;
  }
  return found;
}

}  // namespace

Result<void> write_now(
    record::Record& record, const char* stage,
    const std::function<std::optional<record::Refusal>(const record::WriteTransaction&)>& work) {
  std::promise<std::optional<record::Refusal>> ended;
  record.write({work, [&](std::optional<record::Refusal> refusal) { ended.set_value(std::move(refusal)); }});
  const auto refusal = ended.get_future().get();
  if (refusal) return tl::unexpected(error_of(*refusal, stage));
  return {};
}

record::Outcome<std::vector<record::ChangeResult>> write_as_system(
    record::Record& record, const record::WriteTransaction& session,
    std::vector<record::TransactionEntry> entries) {
  const record::Context context{record.index_ids(), record.checks_references(), {}, record.opened()};
  const auto ready = record::make_ready(std::move(entries), session, context);
  if (!ready) return tl::unexpected(ready.error());
  auto done = record::perform(session, context, *ready);
  if (!done) return done;
  for (const record::ChangeResult& one : *done) {
    if (!one.created || !one.stored) continue;
    auto entry = system_audit_entry(record::AuditAct::create);
    entry.resource_type = one.stored->type;
    entry.resource_id = one.stored->id;
    entry.resource_version = std::to_string(one.stored->version);
    entry.patients = one.patients;
    session.entries.push_back(std::move(entry));
  }
  return done;
}

record::Outcome<std::vector<fhir::Json>> find_first(const record::Record& record,
                                                    const record::WriteTransaction& session,
                                                    const record::QueryBuilder& query) {
  const auto built = query.build();
  if (!built) return record::refuse(built.error());
  std::vector<fhir::Json> found;
  const auto page = read_page(record, session.connection, *built, found);
  if (!page) return tl::unexpected(page.error());
  return found;
}

record::Outcome<std::vector<fhir::Json>> find_page(const record::Record& record,
                                                   record::Connection& connection,
                                                   const record::QueryBuilder& query) {
  return read_pages(record, connection, query, 1);
}

record::Outcome<std::vector<fhir::Json>> find_all(const record::Record& record,
                                                  record::Connection& connection,
                                                  const record::QueryBuilder& query) {
  return read_pages(record, connection, query, std::numeric_limits<std::size_t>::max());
}

std::string identifier_condition(std::string_view system, std::string_view value) {
  return record::write_query_string({{"identifier", std::string{system}.append("|").append(value)}});
}

record::AuditEntry system_audit_entry(record::AuditAct act) {
  record::AuditEntry entry;
  entry.time_us = record::milliseconds_now() * 1000;
  entry.act = act;
  entry.agent = record::AuditAgent::server;
  entry.purpose = record::AuditPurpose::administration;
  return entry;
}

}  // namespace reprise::server
