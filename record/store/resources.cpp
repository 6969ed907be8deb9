// SPDX-License-Identifier: Apache-2.0
#include "record/store/resources.h"

#include <array>
#include <limits>

#include "fhir/model/resource.h"
namespace reprise::record {
namespace {

std::string text_of(const Value& value) {
  return std::string{std::get<std::string_view>(value)};
}

std::optional<std::string> kept_of(const Value& value) {
  const auto* text = std::get_if<std::string_view>(&value);
  return text != nullptr ? std::optional{std::string{*text}} : std::nullopt;
}

// Columns: pk, version, updated, method, content.
Stored stored_of(Row row, std::string_view type, std::string_view id) {
  return {.pk = std::get<std::int64_t>(row[0]),
          .type = std::string{type},
          .id = std::string{id},
          .version = std::get<std::int64_t>(row[1]),
          .updated_ms = std::get<std::int64_t>(row[2]),
          .method = text_of(row[3]),
          .content = kept_of(row[4])};
}

constexpr std::string_view kOfOne = R"sql(
SELECT pk, version, updated, method, content, '' FROM (
  SELECT pk, version, updated, method, content FROM resource WHERE pk = $1
  UNION ALL
  SELECT pk, version, updated, method, content FROM old_version WHERE pk = $1) AS v
WHERE updated >= $2 AND version < $3
ORDER BY version DESC LIMIT $4)sql";

constexpr auto kLast = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kLastVersion = std::numeric_limits<int>::max();

// A deleted resource is in no index; its versions name its patients.
void write_history_scope(Sql& sql, const HistoryQuery& query, std::string_view table,
                         const IndexIds& index_ids) {
  if (is_open(query.scope, query.type)) return;
  const std::string pk = std::string{table} + ".pk";
  sql << " AND (EXISTS (SELECT 1 FROM resource d WHERE d.pk = " << pk << " AND d.content IS NULL) OR (1 = 1";
  write_scope(sql, query.scope, query.type, pk, index_ids);
  sql << "))";
}

// Writes the query of the newest versions in one of the two tables.
void write_newest(Sql& sql, const HistoryQuery& query, std::string_view table, const TypeIds& type,
                  const IndexIds& index_ids) {
  const HistoryCursor after = query.after.value_or(HistoryCursor{kLast, kLast, kLastVersion});
  sql << "SELECT * FROM (SELECT pk, version, updated, method, content FROM " << table << " WHERE type = ";
  sql.bind(type.number) << " AND updated >= ";
  sql.bind(query.since_ms.value_or(std::numeric_limits<std::int64_t>::min()))
      << " AND (updated, pk, version) < (";
  sql.bind(after.updated_ms) << ", ";
  sql.bind(after.pk) << ", ";
  sql.bind(after.version) << ")";
  write_history_scope(sql, query, table, index_ids);
  sql << " ORDER BY updated DESC, pk DESC, version DESC LIMIT ";
  sql.bind(static_cast<std::int64_t>(query.count) + 1) << ") AS " << table << "_versions";
}

Sql history_of_type(const Connection& connection, const HistoryQuery& query, const TypeIds& type,
                    const IndexIds& index_ids) {
  Sql sql{connection.dialect()};
  sql << "SELECT v.pk, v.version, v.updated, v.method, v.content, r.id FROM (";
  write_newest(sql, query, "resource", type, index_ids);
  sql << " UNION ALL ";
  write_newest(sql, query, "old_version", type, index_ids);
  sql << ") AS v JOIN resource r ON r.pk = v.pk ORDER BY v.updated DESC, v.pk DESC, v.version DESC LIMIT ";
  sql.bind(static_cast<std::int64_t>(query.count) + 1);
  return sql;
}

}  // namespace

std::string whole_text(const Stored& stored) {
  return whole_text({stored.type, stored.id, stored.version, stored.updated_ms}, *stored.content);
}

Result<std::shared_ptr<const fhir::Json>> resource_of(const Stored& stored) {
  if (!stored.content || stored.parsed) return stored.parsed;
  auto resource = fhir::parse_resource(whole_text(stored));
  if (!resource) return tl::unexpected(resource.error());
  auto parsed = std::make_shared<const fhir::Json>(std::move(*resource));
  if (stored.keeps_parsed) stored.parsed = parsed;
  return parsed;
}

Result<std::optional<Stored>> find_resource(Connection& connection, const IndexIds& index_ids,
                                            std::string_view type, std::string_view id) {
  std::optional<Stored> found;
  const TypeIds* known = index_ids.find(type);
  if (known == nullptr) return found;
  const std::array<Value, 2> key = {known->number, id};
  const auto read = connection.query(
      "SELECT pk, version, updated, method, content FROM resource WHERE type = $1 AND id = $2", key,
      [&](Row row) {
        found = stored_of(row, type, id);
        return false;
      });
  if (!read) return tl::unexpected(read.error());
  return found;
}

Result<std::optional<Stored>> find_version(Connection& connection, const IndexIds& index_ids,
                                           std::string_view type, std::string_view id, std::int64_t version) {
  auto found = find_resource(connection, index_ids, type, id);
  if (!found || !*found || (*found)->version == version) return found;
  const std::array<Value, 2> key = {(*found)->pk, version};
  found->reset();
  const auto read = connection.query(
      "SELECT pk, version, updated, method, content FROM old_version WHERE pk = $1 AND version = $2", key,
      [&](Row row) {
        *found = stored_of(row, type, id);
        return false;
      });
  if (!read) return tl::unexpected(read.error());
  return found;
}

Result<std::vector<std::string>> compartments_of(Connection& connection, const IndexIds& index_ids,
                                                 const Stored& stored) {
  std::vector<std::string> patients;
  const auto param = index_ids.parameter(stored.type, kCompartment);
  if (!param) return patients;
  const std::array<Value, 2> key = {stored.pk, *param};
  const auto read = connection.query("SELECT target_id FROM reference_index WHERE pk = $1 AND param = $2",
                                     key, [&](Row row) {
                                       patients.push_back(text_of(row[0]));
                                       return true;
                                     });
  if (!read) return tl::unexpected(read.error());
  return patients;
}

Result<HistoryPage> read_history(Connection& connection, const IndexIds& index_ids,
                                 const HistoryQuery& query) {
  HistoryPage page;
  const TypeIds* known = index_ids.find(query.type);
  if (known == nullptr) return page;
  std::size_t bytes = 0;
  const auto see = [&](Row row) {
    if (page.versions.size() == query.count || bytes >= query.most_bytes) {
      if (page.versions.empty()) return false;
      const Stored& last = page.versions.back();
      page.next = HistoryCursor{last.updated_ms, last.pk, last.version};
      return false;
    }
    page.versions.push_back(stored_of(row, query.type, query.id.empty() ? text_of(row[5]) : query.id));
    if (const auto& kept = page.versions.back().content) bytes += kept->size();
    return true;
  };
  if (query.id.empty()) {
    const auto read = run_query(connection, history_of_type(connection, query, *known, index_ids), see);
    if (!read) return tl::unexpected(read.error());
    return page;
  }
  const auto resource = find_resource(connection, index_ids, query.type, query.id);
  if (!resource) return tl::unexpected(resource.error());
  if (!*resource) return page;
  const std::array<Value, 4> values = {
      (*resource)->pk, query.since_ms.value_or(std::numeric_limits<std::int64_t>::min()),
      query.after ? query.after->version : kLastVersion, static_cast<std::int64_t>(query.count) + 1};
  const auto read = connection.query(kOfOne, values, see);
  if (!read) return tl::unexpected(read.error());
  return page;
}

}  // namespace reprise::record
