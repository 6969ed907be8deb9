#include "record/store/resources.h"

#include <array>
#include <limits>

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
          .kept = kept_of(row[4])};
}

constexpr std::string_view kOfType = R"sql(
SELECT v.pk, v.version, v.updated, v.method, v.content, r.id FROM (
  SELECT * FROM (
    SELECT pk, version, updated, method, content FROM resource
    WHERE type = $1 AND updated >= $2 AND (updated, pk, version) < ($3, $4, $5)
    ORDER BY updated DESC, pk DESC LIMIT $6) AS newest
  UNION ALL
  SELECT * FROM (
    SELECT pk, version, updated, method, content FROM old_version
    WHERE type = $1 AND updated >= $2 AND (updated, pk, version) < ($3, $4, $5)
    ORDER BY updated DESC, pk DESC, version DESC LIMIT $6) AS older) AS v
JOIN resource r ON r.pk = v.pk
ORDER BY v.updated DESC, v.pk DESC, v.version DESC LIMIT $6)sql";

constexpr std::string_view kOfOne = R"sql(
SELECT pk, version, updated, method, content, '' FROM (
  SELECT pk, version, updated, method, content FROM resource WHERE pk = $1
  UNION ALL
  SELECT pk, version, updated, method, content FROM old_version WHERE pk = $1) AS v
WHERE updated >= $2 AND version < $3
ORDER BY version DESC LIMIT $4)sql";

}  // namespace

std::string whole_text(const Stored& stored) {
  return whole_text({stored.type, stored.id, stored.version, stored.updated_ms}, *stored.kept);
}

Result<std::optional<Stored>> find_resource(Connection& connection, const Numbers& numbers,
                                            std::string_view type, std::string_view id) {
  std::optional<Stored> found;
  const TypeNumbers* known = numbers.find(type);
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

Result<std::optional<Stored>> find_version(Connection& connection, const Numbers& numbers,
                                           std::string_view type, std::string_view id, std::int64_t version) {
  auto found = find_resource(connection, numbers, type, id);
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

Result<std::vector<std::string>> compartments_of(Connection& connection, const Numbers& numbers,
                                                 const Stored& stored) {
  std::vector<std::string> patients;
  const auto param = numbers.parameter(stored.type, kCompartment);
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

Result<HistoryPage> read_history(Connection& connection, const Numbers& numbers, const HistoryQuery& query) {
  HistoryPage page;
  const TypeNumbers* known = numbers.find(query.type);
  if (known == nullptr) return page;
  constexpr auto kLast = std::numeric_limits<std::int64_t>::max();
  const HistoryCursor after =
      query.after.value_or(HistoryCursor{kLast, kLast, std::numeric_limits<int>::max()});
  const std::int64_t since = query.since_ms.value_or(std::numeric_limits<std::int64_t>::min());
  const auto one_more = static_cast<std::int64_t>(query.count) + 1;
  std::vector<Value> values = {known->number, since, after.updated_ms, after.pk, after.version, one_more};
  if (!query.id.empty()) {
    const auto resource = find_resource(connection, numbers, query.type, query.id);
    if (!resource) return tl::unexpected(resource.error());
    if (!*resource) return page;
    values = {(*resource)->pk, since, after.version, one_more};
  }
  std::size_t bytes = 0;
  const auto read = connection.query(query.id.empty() ? kOfType : kOfOne, values, [&](Row row) {
    if (page.versions.size() == query.count || bytes >= query.most_bytes) {
      if (page.versions.empty()) return false;
      const Stored& last = page.versions.back();
      page.next = HistoryCursor{last.updated_ms, last.pk, last.version};
      return false;
    }
    page.versions.push_back(stored_of(row, query.type, query.id.empty() ? text_of(row[5]) : query.id));
    if (const auto& kept = page.versions.back().kept) bytes += kept->size();
    return true;
  });
  if (!read) return tl::unexpected(read.error());
  return page;
}

}  // namespace reprise::record
