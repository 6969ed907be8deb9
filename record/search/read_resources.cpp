// SPDX-License-Identifier: Apache-2.0
#include "record/search/read_resources.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "record/search/sql.h"

namespace reprise::record {

namespace {

using ByKey = std::unordered_map<std::int64_t, FoundResource>;

/// Stops and returns false when the limit of bytes is exceeded.
Result<bool> read_together(Connection& connection, const std::vector<std::int64_t>& pks,
                           const IndexIds& index_ids, std::size_t most_bytes, ByKey& found) {
  Sql sql{connection.dialect()};
  sql << "SELECT pk, type, id, version, updated, content FROM resource WHERE content IS NOT NULL AND pk IN ";
  bind_list(sql, pks);
  std::size_t bytes = 0;
  const auto read = run_query(connection, sql, [&](Row row) {
    const TypeIds* type = index_ids.find(std::get<std::int64_t>(row[1]));
    FoundResource one{std::get<std::int64_t>(row[0]),
                      type != nullptr ? type->name : "",
                      std::string{std::get<std::string_view>(row[2])},
                      std::get<std::int64_t>(row[3]),
                      std::get<std::int64_t>(row[4]),
                      std::string{std::get<std::string_view>(row[5])}};
    bytes += one.content.size();
    found.emplace(one.pk, std::move(one));
    return bytes <= most_bytes;
  });
  if (!read) return tl::unexpected(read.error());
  return bytes <= most_bytes;
}

}  // namespace

Result<std::vector<FoundResource>> read_resources(Connection& connection,
                                                  const std::vector<std::int64_t>& pks,
                                                  const IndexIds& index_ids, std::size_t most_bytes) {
  if (pks.empty()) return std::vector<FoundResource>{};
  ByKey found;
  const auto all = read_together(connection, pks, index_ids, most_bytes, found);
  if (!all) return tl::unexpected(all.error());
  if (!*all) {
    // Rows arrive in another order, so each is read separately until the limit.
    found.clear();
    std::size_t bytes = 0;
    for (const std::int64_t pk : pks) {
      ByKey one;
      const auto read = read_together(connection, {pk}, index_ids, most_bytes, one);
      if (!read) return tl::unexpected(read.error());
      if (one.empty()) continue;
      bytes += one.begin()->second.content.size();
      if (bytes > most_bytes && !found.empty()) break;
      found.merge(one);
    }
  }
  std::vector<FoundResource> resources;
  resources.reserve(pks.size());
  for (const std::int64_t pk : pks) {
    const auto at = found.find(pk);
    if (at != found.end()) resources.push_back(std::move(at->second));
  }
  return resources;
}

}  // namespace reprise::record
