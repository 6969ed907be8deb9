#include "record/search/read_resources.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "record/search/sql.h"

namespace reprise::record {

Result<std::vector<FoundResource>> read_resources(Connection& connection,
                                                  const std::vector<std::int64_t>& pks,
                                                  const Numbers& numbers) {
  if (pks.empty()) return std::vector<FoundResource>{};
  Sql sql{connection.dialect()};
  sql << "SELECT pk, type, id, version, updated, content FROM resource WHERE content IS NOT NULL AND pk IN ";
  bind_list(sql, pks);
  std::unordered_map<std::int64_t, FoundResource> found;
  const auto read = run_query(connection, sql, [&](Row row) {
    const TypeNumbers* type = numbers.find(std::get<std::int64_t>(row[1]));
    FoundResource one{std::get<std::int64_t>(row[0]),
                      type != nullptr ? type->name : "",
                      std::string{std::get<std::string_view>(row[2])},
                      std::get<std::int64_t>(row[3]),
                      std::get<std::int64_t>(row[4]),
                      std::string{std::get<std::string_view>(row[5])}};
    found.emplace(one.pk, std::move(one));
    return true;
  });
  if (!read) return tl::unexpected(read.error());
  std::vector<FoundResource> resources;
  resources.reserve(pks.size());
  for (const std::int64_t pk : pks) {
    const auto at = found.find(pk);
    if (at != found.end()) resources.push_back(std::move(at->second));
  }
  return resources;
}

}  // namespace reprise::record
