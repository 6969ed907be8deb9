// SPDX-License-Identifier: Apache-2.0
#include "record/search/scope.h"

#include <algorithm>
#include <set>
#include <utility>

namespace reprise::record {

bool is_open(const Scope& scope, std::string_view type) {
  return scope.everything ||
         std::find(scope.open_types.begin(), scope.open_types.end(), type) != scope.open_types.end();
}

CompiledCriterion compartment_filters(const Scope& scope, std::string_view type, const IndexIds& index_ids) {
  CompiledCriterion filters;
  const auto param = index_ids.parameter(type, kCompartment);
  filters.never = !param || scope.patients.empty();
  if (filters.never) return filters;
  const auto add = [&](Comparison patients, FilterOrder order) {
    filters.any.push_back(
        {"reference_index", *param, {{std::move(patients)}, is_set("target_id")}, order, {}, {}});
  };
  if (scope.patients.size() > kMostFilters) {
    add({"target_id", "IN", {}, scope.patients}, FilterOrder::grouped);
    return filters;
  }
  for (const std::string& patient : scope.patients) add({"target_id", "=", patient}, FilterOrder::by_pk);
  return filters;
}

void write_scope(Sql& sql, const Scope& scope, std::string_view type, std::string_view pk,
                 const IndexIds& index_ids) {
  if (is_open(scope, type)) return;
  const auto param = index_ids.parameter(type, kCompartment);
  if (!param || scope.patients.empty()) {
    sql << " AND 1 = 0";
    return;
  }
  sql << " AND EXISTS (SELECT 1 FROM reference_index s WHERE s.pk = " << sql.unindexed() << pk
      << " AND s.param = ";
  sql.bind(*param) << " AND " << sql.unindexed() << "s.target_id IN ";
  bind_list(sql, scope.patients);
  sql << sql.apart() << ")";
}

Result<std::vector<Found>> in_scope(Connection& connection, const Scope& scope, std::vector<Found> found,
                                    const IndexIds& index_ids) {
  std::vector<Found> seen;
  std::vector<std::int64_t> asked;
  std::set<std::int64_t> params;
  for (const Found& one : found) {
    const TypeIds* type = index_ids.find(one.second);
    if (type == nullptr) continue;
    if (is_open(scope, type->name)) {
      seen.push_back(one);
    } else if (const auto param = index_ids.parameter(type->name, kCompartment)) {
      asked.push_back(one.first);
      params.insert(*param);
    }
  }
  if (asked.empty() || scope.patients.empty()) return seen;
  Sql sql{connection.dialect()};
  sql << "SELECT DISTINCT s.pk FROM reference_index s WHERE s.pk IN ";
  bind_list(sql, asked);
  sql << " AND " << sql.unindexed() << "s.param IN ";
  bind_list(sql, std::vector<std::int64_t>{params.begin(), params.end()});
  sql << " AND " << sql.unindexed() << "s.target_id IN ";
  bind_list(sql, scope.patients);
  std::set<std::int64_t> allowed;
  const auto read = run_query(connection, sql, [&](Row row) {
    allowed.insert(std::get<std::int64_t>(row[0]));
    return true;
  });
  if (!read) return tl::unexpected(read.error());
  for (const Found& one : found) {
    if (allowed.count(one.first) != 0) seen.push_back(one);
  }
  return seen;
}

}  // namespace reprise::record
