// SPDX-License-Identifier: Apache-2.0
#include "record/store/change.h"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

#include "fhir/model/resource.h"
#include "record/access/access_index.h"

namespace reprise::record {
namespace {

std::optional<Refusal> check(const Precondition& condition, const std::optional<Stored>& current) {
  const bool exists = current && current->content;
  if (condition.absent && exists) {
    return refuse(RefusalKind::precondition, fhir::IssueType::conflict, "the resource exists already")
        .value();
  }
  if (condition.version && (!exists || current->version != *condition.version)) {
    return refuse(RefusalKind::precondition, fhir::IssueType::conflict,
                  exists ? "the resource has version " + std::to_string(current->version) +
                               " now: read it, and make the change to that"
                         : "the resource does not exist")
        .value();
  }
  return {};
}

Result<void> archive_version(Connection& connection, std::int64_t pk) {
  const std::array<Value, 1> key = {pk};
  const auto copied = connection.execute(
      "INSERT INTO old_version (pk, version, type, updated, method, content) "
      "SELECT pk, version, type, updated, method, content FROM resource WHERE pk = $1",
      key);
  return copied.map([](std::int64_t) {});
}

Value value_of(const std::optional<std::string>& kept) {
  if (!kept) return std::monostate{};
  return std::string_view{*kept};
}

Result<void> insert_first(Connection& connection, std::int64_t type, const Stored& stored) {
  const std::array<Value, 7> row = {
      stored.pk, type, stored.id, stored.version, stored.updated_ms, stored.method, value_of(stored.content)};
  return connection.insert("resource", "pk, type, id, version, updated, method, content", row.size(), row);
}

Result<void> write_next(Connection& connection, const Stored& stored, std::int64_t previous) {
  if (auto kept = archive_version(connection, stored.pk); !kept) return kept;
  const std::array<Value, 6> values = {stored.version,           stored.updated_ms, stored.method,
                                       value_of(stored.content), stored.pk,         previous};
  const auto changed = connection.execute(
      "UPDATE resource SET version = $1, updated = $2, method = $3, content = $4 WHERE pk = $5 AND version = "
      "$6",
      values);
  if (!changed) return tl::unexpected(changed.error());
  if (*changed == 1) return {};
  return fail(ErrorCode::conflict, "writing", "another process changed the resource just now", "try again");
}

/// Updates the access index: care teams and Consents decide on access.
Result<void> note_access(Connection& connection, const Stored& stored) {
  if (!concerns_access(stored.type)) return {};
  if (!stored.content) return forget_for_access(connection, stored.type, stored.id);
  const auto resource = resource_of(stored);
  if (!resource) return tl::unexpected(resource.error());
  return note_for_access(connection, stored.id, **resource);
}

/// Returns whether the resource exists, as far as the principal may know.
Result<bool> is_there(Connection& connection, const IndexIds& index_ids, const Target& target,
                      const Permission& permission) {
  const TypeIds* known = index_ids.find(target.type);
  if (known == nullptr) return false;
  Stored found;
  found.type = target.type;
  const std::array<Value, 2> key = {known->number, std::string_view{target.id}};
  const auto read =
      connection.query("SELECT pk FROM resource WHERE type = $1 AND id = $2 AND content IS NOT NULL", key,
                       [&](Row row) { return found.pk = std::get<std::int64_t>(row[0]), false; });
  if (!read) return tl::unexpected(read.error());
  if (found.pk == 0 || target.is_known || permission.may_all(target.type, Need::read)) return found.pk != 0;
  const auto compartments = compartments_of(connection, index_ids, found);
  if (!compartments) return tl::unexpected(compartments.error());
  return permission.may(connection, target.type, Need::read, *compartments);
}

// Keeps a history in order even if the clock was set back.
Stored next_of(const Stored& current, const WriteTransaction& session, std::string_view method) {
  Stored next = current;
  next.version = current.version + 1;
  next.updated_ms = std::max(session.now_ms, current.updated_ms);
  next.method = method;
  next.content.reset();
  next.parsed.reset();
  return next;
}

}  // namespace

Outcome<WriteResult> put(const WriteTransaction& session, const IndexIds& index_ids, IndexedResource prepared,
                         std::string_view method, const Precondition& condition) {
  Connection& connection = session.connection;
  const TypeIds* known = index_ids.find(prepared.type);
  if (known == nullptr)
    return refuse(RefusalKind::unsupported, fhir::IssueType::not_supported,
                  "resources of this type are not kept");
  auto current = find_resource(connection, index_ids, prepared.type, prepared.id);
  if (!current) return refuse(current.error());
  if (auto refusal = check(condition, *current)) return tl::unexpected(std::move(*refusal));
  WriteResult written;
  written.created = !*current || !(*current)->content;
  if (*current) {
    written.stored = next_of(**current, session, method);
  } else {
    written.stored = {session.take_pk(),
                      std::move(prepared.type),
                      std::move(prepared.id),
                      1,
                      session.now_ms,
                      std::string{method},
                      {}};
  }
  written.stored.content = std::move(prepared.content);
  written.stored.keeps_parsed = true;
  written.patients = compartments_in(prepared.rows, index_ids, written.stored.type);
  const auto done = *current ? write_next(connection, written.stored, (*current)->version)
                             : insert_first(connection, known->number, written.stored);
  if (!done) return refuse(done.error());
  // A new version resembles the old one: unchanged rows stay.
  const auto indexed = *current && (*current)->content
                           ? replace_rows(connection, written.stored.pk, prepared.rows)
                           : insert_rows(connection, written.stored.pk, prepared.rows);
  if (!indexed) return refuse(indexed.error());
  if (const auto noted = note_access(connection, written.stored); !noted) return refuse(noted.error());
  written.before = std::move(*current);
  if (written.before) written.before->keeps_parsed = true;
  return written;
}

Outcome<std::optional<WriteResult>> remove(const WriteTransaction& session, const IndexIds& index_ids,
                                           std::string_view type, std::string_view id,
                                           const Precondition& condition) {
  auto current = find_resource(session.connection, index_ids, type, id);
  if (!current) return refuse(current.error());
  if (auto refusal = check(condition, *current)) return tl::unexpected(std::move(*refusal));
  if (!*current || !(*current)->content) return std::optional<WriteResult>{};
  // Must happen while its rows still exist.
  auto patients = compartments_of(session.connection, index_ids, **current);
  if (!patients) return refuse(patients.error());
  Stored next = next_of(**current, session, "DELETE");
  if (const auto done = write_next(session.connection, next, (*current)->version); !done)
    return refuse(done.error());
  if (const auto erased = erase_rows(session.connection, next.pk); !erased) return refuse(erased.error());
  if (const auto noted = note_access(session.connection, next); !noted) return refuse(noted.error());
  return std::optional{WriteResult{std::move(next), std::move(*current), false, std::move(*patients)}};
}

std::optional<Refusal> check_references(Connection& connection, const IndexIds& index_ids,
                                        const std::vector<Target>& references, const Permission& permission) {
  std::set<std::tuple<std::string_view, std::string_view, bool>>
      seen;  // entries of a bundle share references
  for (const Target& target : references) {
    if (!seen.emplace(target.type, target.id, target.is_known).second) continue;
    const auto there = is_there(connection, index_ids, target, permission);
    if (!there) return refuse(there.error()).value();
    if (!*there) {
      const std::string what = target.type.empty()
                                   ? "refers by a urn to no entry of the same transaction"
                                   : "refers to a " + target.type + " that is not in this record";
      return refuse(RefusalKind::invalid, fhir::IssueType::not_found, what, target.expression).value();
    }
  }
  return {};
}

}  // namespace reprise::record
