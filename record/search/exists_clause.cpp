// SPDX-License-Identifier: Apache-2.0
#include "record/search/exists_clause.h"

namespace reprise::record {
namespace {

void write_exists(Sql& sql, const CompiledCriterion& filters, std::string_view pk) {
  if (filters.never || filters.any.empty()) {
    sql << " AND 1 = 0";
    return;
  }
  sql << (filters.negated ? " AND NOT EXISTS (" : " AND EXISTS (") << "SELECT 1 FROM " << filters.any[0].table
      << " e WHERE e.pk = " << sql.unindexed() << pk << " AND ";
  write_any(sql, filters.any, "e");
  sql << sql.apart() << ")";
}

std::int64_t reference_param(const Chain& chain, const IndexIds& index_ids) {
  return index_ids.parameter(chain.reference->resource_type, chain.reference->code).value_or(-1);
}

std::int64_t type_number(std::string_view type, const IndexIds& index_ids) {
  const TypeIds* of = index_ids.find(type);
  return of != nullptr ? of->number : -1;
}

void write_chain_probe(Sql& sql, const Chain& chain, const CompiledCriterion& filters, std::string_view pk,
                       const Scope& scope, const IndexIds& index_ids) {
  const std::int64_t target = type_number(chain.target_type, index_ids);
  sql << " AND EXISTS (SELECT 1 FROM reference_index c CROSS JOIN resource t WHERE c.pk = " << sql.unindexed()
      << pk << " AND c.param = ";
  sql.bind(reference_param(chain, index_ids)) << " AND c.target_type = ";
  sql.bind(target) << " AND t.type = ";
  sql.bind(target) << " AND t.id = c.target_id AND t.content IS NOT NULL";
  write_exists(sql, filters, "t.pk");
  write_scope(sql, scope, chain.target_type, "t.pk", index_ids);
  sql << sql.apart() << ")";
}

}  // namespace

std::vector<SearchCondition> search_conditions(const SearchQuery& query, const Scope& scope,
                                               const IndexIds& index_ids) {
  std::vector<SearchCondition> conditions;
  for (const Criterion& criterion : query.criteria)
    conditions.push_back({&criterion, compile_criterion(criterion, index_ids)});
  if (!is_open(scope, query.type))
    conditions.push_back({nullptr, compartment_filters(scope, query.type, index_ids)});
  return conditions;
}

void write_exists(Sql& sql, const SearchCondition& condition, std::string_view type, std::string_view pk,
                  const Scope& scope, const IndexIds& index_ids) {
  if (condition.criterion == nullptr) {
    write_scope(sql, scope, type, pk, index_ids);
  } else if (condition.criterion->chain) {
    write_chain_probe(sql, *condition.criterion->chain, condition.filters, pk, scope, index_ids);
  } else {
    write_exists(sql, condition.filters, pk);
  }
}

void write_driver(Sql& sql, const SearchCondition& condition, const IndexFilter& filter, const Scope& scope,
                  const IndexIds& index_ids, std::optional<std::int64_t> limit) {
  if (condition.criterion == nullptr || !condition.criterion->chain) {
    sql << "SELECT x.pk AS pk FROM " << filter.table << " x WHERE ";
    write_filter(sql, filter, "x");
    if (limit && filter.order == FilterOrder::by_pk) sql << " ORDER BY x.pk";
  } else {
    const Chain& chain = *condition.criterion->chain;
    const std::int64_t target = type_number(chain.target_type, index_ids);
    sql << "SELECT c.pk AS pk FROM " << filter.table
        << " x CROSS JOIN resource t CROSS JOIN reference_index c WHERE ";
    write_filter(sql, filter, "x");
    sql << " AND t.pk = x.pk AND t.content IS NOT NULL";
    write_scope(sql, scope, chain.target_type, "t.pk", index_ids);
    sql << " AND c.param = ";
    sql.bind(reference_param(chain, index_ids))
        << " AND c.target_id = t.id AND c.target_id <> '' AND c.target_type = ";
    sql.bind(target);
  }
  if (limit) {
    sql << " LIMIT ";
    sql.bind(*limit);
  }
}

}  // namespace reprise::record
