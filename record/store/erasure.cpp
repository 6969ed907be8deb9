// SPDX-License-Identifier: Apache-2.0
#include "record/store/erasure.h"

#include <algorithm>
#include <array>
#include <set>
#include <vector>

#include "record/access/access_index.h"
#include "record/accounts/columns.h"
#include "record/index/index_rows.h"
#include "record/store/permission.h"
#include "record/store/resources.h"

namespace reprise::record {
namespace {

using Keys = std::set<std::int64_t>;

Result<void> add_keys(Connection& connection, std::string_view sql, std::span<const Value> values,
                      Keys& keys) {
  return connection.query(sql, values, [&](Row row) { return keys.insert(number_in(row, 0)), true; });
}

/// Everything that is, or in some version was, in the patient's compartment, and perhaps some more.
Result<Keys> candidates(Connection& connection, const IndexIds& index_ids, std::string_view patient) {
  Keys keys;
  for (const IndexedParameter& parameter : indexed_parameters()) {
    if (parameter.code != kCompartment) continue;
    const auto number = index_ids.parameter(parameter.resource_type, kCompartment);
    if (!number) continue;
    const std::array<Value, 2> values = {*number, patient};
    auto read = add_keys(connection, "SELECT pk FROM reference_index WHERE param = $1 AND target_id = $2",
                         values, keys);
    if (!read) return tl::unexpected(read.error());
  }
  const TypeIds* patients = index_ids.find("Patient");
  const std::array<Value, 2> itself = {patients != nullptr ? patients->number : 0, patient};
  // An id has none of the letters that stand for others in LIKE.
  const std::string mention = "%Patient/" + std::string{patient} + "%";
  const std::array<Value, 1> mentioned = {std::string_view{mention}};
  auto read =
      add_keys(connection, "SELECT pk FROM resource WHERE type = $1 AND id = $2", itself, keys).and_then([&] {
        return add_keys(connection, "SELECT DISTINCT pk FROM old_version WHERE content LIKE $1", mentioned,
                        keys);
      });
  if (!read) return tl::unexpected(read.error());
  return keys;
}

struct Versions {
  std::vector<Stored> all;  ///< oldest first; the last is in `resource`
};

Result<Versions> versions_of(Connection& connection, const IndexIds& index_ids, std::int64_t pk) {
  Versions versions;
  std::string id;
  std::string type;
  const std::array<Value, 1> key = {pk};
  auto read = connection.query("SELECT type, id FROM resource WHERE pk = $1", key, [&](Row row) {
    if (const TypeIds* known = index_ids.find(number_in(row, 0))) type = known->name;
    id = text_in(row, 1);
    return false;
  });
  if (!read) return tl::unexpected(read.error());
  read = connection.query(
      "SELECT version, updated, method, content FROM ("
      "SELECT version, updated, method, content FROM resource WHERE pk = $1 UNION ALL "
      "SELECT version, updated, method, content FROM old_version WHERE pk = $1) AS v ORDER BY version",
      key, [&](Row row) {
        versions.all.push_back({.pk = pk,
                                .type = type,
                                .id = id,
                                .version = number_in(row, 0),
                                .updated_ms = number_in(row, 1),
                                .method = text_in(row, 2),
                                .content = optional_text_in(row, 3)});
        return true;
      });
  if (!read) return tl::unexpected(read.error());
  return versions;
}

Result<void> remove_all(Connection& connection, const Stored& newest) {
  const std::array<Value, 1> key = {newest.pk};
  return erase_rows(connection, newest.pk)
      .and_then([&] { return forget_for_access(connection, newest.type, newest.id); })
      .and_then([&] {
        return execute_each(
            connection, {"DELETE FROM old_version WHERE pk = $1", "DELETE FROM resource WHERE pk = $1"}, key);
      });
}

Result<void> remove_one(Connection& connection, const Stored& version, bool newest) {
  const std::array<Value, 2> old = {version.pk, version.version};
  if (!newest) {
    return execute_each(connection, {"DELETE FROM old_version WHERE pk = $1 AND version = $2"}, old);
  }
  const std::array<Value, 1> key = {version.pk};
  return erase_rows(connection, version.pk)
      .and_then([&] { return forget_for_access(connection, version.type, version.id); })
      .and_then([&] {
        return execute_each(connection,
                            {"UPDATE resource SET content = NULL, method = 'DELETE' WHERE pk = $1"}, key);
      });
}

/// `remove`: false counts alone.
Result<void> erase_versions(Connection& connection, const IndexIds& index_ids, std::string_view patient,
                            const Versions& versions, bool remove, Erased& erased) {
  std::vector<const Stored*> own;
  std::int64_t shared = 0;
  for (const Stored& version : versions.all) {
    if (!version.content) continue;  // a deletion says nothing
    const auto whose = compartments_of_version(connection, index_ids, version);
    if (!whose) return tl::unexpected(whose.error());
    const bool about = std::find(whose->begin(), whose->end(), patient) != whose->end();
    if (about && whose->size() == 1) own.push_back(&version);
    if (about && whose->size() > 1) ++shared;
  }
  if (own.empty()) return erased.shared += shared, Result<void>{};
  const auto said = std::count_if(versions.all.begin(), versions.all.end(),
                                  [](const Stored& version) { return version.content.has_value(); });
  if (own.size() == static_cast<std::size_t>(said)) {
    ++erased.resources;
    ++erased.types[versions.all.back().type];
    return remove ? remove_all(connection, versions.all.back()) : Result<void>{};
  }
  erased.shared += shared;
  for (const Stored* version : own) {
    ++erased.versions;
    if (!remove) continue;
    if (auto done = remove_one(connection, *version, version == &versions.all.back()); !done) return done;
  }
  return {};
}

Result<std::int64_t> erase_accounts(Connection& connection, std::string_view patient) {
  const std::array<Value, 1> whose = {patient};
  const auto mails = connection.execute(
      "DELETE FROM outbox WHERE recipient IN "
      "(SELECT mail FROM account WHERE ((role = 'patient' AND person = $1) OR patient = $1) AND mail <> '')",
      whose);
  if (!mails) return tl::unexpected(mails.error());
  const auto pushes = connection.execute(
      "DELETE FROM outbox WHERE kind = 'push' AND recipient IN (SELECT id FROM push_subscription WHERE "
      "account "
      "IN (SELECT id FROM account WHERE ((role = 'patient' AND person = $1) OR patient = $1)))",
      whose);
  if (!pushes) return tl::unexpected(pushes.error());
  for (const char* table : {"session", "invitation", "password_reset", "recovery_code", "api_token",
                            "calendar_feed", "push_subscription", "passkey"}) {
    const auto done = connection.execute("DELETE FROM " + std::string{table} +
                                             " WHERE account IN (SELECT id FROM account WHERE ((role = "
                                             "'patient' AND person = $1) OR patient = $1))",
                                         whose);
    if (!done) return tl::unexpected(done.error());
  }
  auto others = execute_each(
      connection,
      {"DELETE FROM api_token WHERE patient = $1", "DELETE FROM emergency_access WHERE patient = $1",
       "DELETE FROM assigned_patient WHERE patient = $1"},
      whose);
  if (!others) return tl::unexpected(others.error());
  return connection.execute("DELETE FROM account WHERE ((role = 'patient' AND person = $1) OR patient = $1)",
                            whose);
}

Result<std::int64_t> count_accounts(Connection& connection, std::string_view patient) {
  std::int64_t count = 0;
  const std::array<Value, 1> whose = {patient};
  const auto read = connection.query(
      "SELECT count(*) FROM account WHERE ((role = 'patient' AND person = $1) OR patient = $1)", whose,
      [&](Row row) { return count = number_in(row, 0), false; });
  if (!read) return tl::unexpected(read.error());
  return count;
}

Result<Erased> erase_everything(Connection& connection, const IndexIds& index_ids, std::string_view patient,
                                bool remove) {
  Erased erased;
  const auto keys = candidates(connection, index_ids, patient);
  if (!keys) return tl::unexpected(keys.error());
  for (const std::int64_t pk : *keys) {
    const auto versions = versions_of(connection, index_ids, pk);
    if (!versions) return tl::unexpected(versions.error());
    if (auto done = erase_versions(connection, index_ids, patient, *versions, remove, erased); !done)
      return tl::unexpected(done.error());
  }
  const auto accounts = remove ? erase_accounts(connection, patient) : count_accounts(connection, patient);
  if (!accounts) return tl::unexpected(accounts.error());
  erased.accounts = *accounts;
  return erased;
}

}  // namespace

namespace {

Outcome<Erased> known(Result<Erased> erased) {
  if (!erased) return refuse(erased.error());
  if (erased->resources + erased->versions + erased->shared + erased->accounts == 0) {
    return refuse(RefusalKind::not_found, fhir::IssueType::not_found, "nothing is known of such a patient");
  }
  return std::move(*erased);
}

}  // namespace

Outcome<Erased> erase_patient(const WriteTransaction& session, const IndexIds& index_ids,
                              std::string_view patient) {
  return known(erase_everything(session.connection, index_ids, patient, true));
}

Outcome<Erased> count_for_erasure(Connection& connection, const IndexIds& index_ids,
                                  std::string_view patient) {
  return known(erase_everything(connection, index_ids, patient, false));
}

Result<void> erase_content(const WriteTransaction& session, const IndexIds& index_ids,
                           std::string_view patient, std::string_view type, std::string_view id) {
  const auto newest = find_resource(session.connection, index_ids, type, id);
  if (!newest) return tl::unexpected(newest.error());
  if (!*newest) return {};
  const auto versions = versions_of(session.connection, index_ids, (*newest)->pk);
  if (!versions) return tl::unexpected(versions.error());
  for (const Stored& version : versions->all) {
    if (!version.content) continue;
    const auto whose = compartments_of_version(session.connection, index_ids, version);
    if (!whose) return tl::unexpected(whose.error());
    const bool is_theirs = patient.empty() ? whose->empty() : whose->size() == 1 && whose->front() == patient;
    if (!is_theirs) return {};
  }
  const std::array<Value, 1> key = {(*newest)->pk};
  return remove_one(session.connection, **newest, true).and_then([&] {
    return execute_each(session.connection, {"DELETE FROM old_version WHERE pk = $1"}, key);
  });
}

}  // namespace reprise::record
