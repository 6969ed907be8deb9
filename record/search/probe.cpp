#include "record/search/probe.h"

namespace reprise::record {
namespace {

void write_exists(Sql& sql, const Arms& arms, std::string_view pk) {
  if (arms.never || arms.any.empty()) {
    sql << " AND 1 = 0";
    return;
  }
  sql << (arms.negated ? " AND NOT EXISTS (" : " AND EXISTS (") << "SELECT 1 FROM " << arms.any[0].table
      << " e WHERE e.pk = " << sql.unindexed() << pk << " AND ";
  write_any(sql, arms.any, "e");
  sql << sql.apart() << ")";
}

std::int64_t reference_param(const Chain& chain, const Numbers& numbers) {
  return numbers.parameter(chain.reference->resource_type, chain.reference->code).value_or(-1);
}

std::int64_t type_number(std::string_view type, const Numbers& numbers) {
  const TypeNumbers* of = numbers.find(type);
  return of != nullptr ? of->number : -1;
}

void write_chain_probe(Sql& sql, const Chain& chain, const Arms& arms, std::string_view pk,
                       const Scope& scope, const Numbers& numbers) {
  const std::int64_t target = type_number(chain.target_type, numbers);
  sql << " AND EXISTS (SELECT 1 FROM reference_index c CROSS JOIN resource t WHERE c.pk = " << sql.unindexed()
      << pk << " AND c.param = ";
  sql.bind(reference_param(chain, numbers)) << " AND c.target_type = ";
  sql.bind(target) << " AND t.type = ";
  sql.bind(target) << " AND t.id = c.target_id AND t.content IS NOT NULL";
  write_exists(sql, arms, "t.pk");
  write_scope(sql, scope, chain.target_type, "t.pk", numbers);
  sql << sql.apart() << ")";
}

}  // namespace

std::vector<Condition> conditions_of(const SearchQuery& query, const Scope& scope, const Numbers& numbers) {
  std::vector<Condition> conditions;
  for (const Criterion& criterion : query.criteria)
    conditions.push_back({&criterion, arms_of(criterion, numbers)});
  if (!is_open(scope, query.type))
    conditions.push_back({nullptr, compartment_arms(scope, query.type, numbers)});
  return conditions;
}

void write_probe(Sql& sql, const Condition& condition, std::string_view type, std::string_view pk,
                 const Scope& scope, const Numbers& numbers) {
  if (condition.criterion == nullptr) {
    write_scope(sql, scope, type, pk, numbers);
  } else if (condition.criterion->chain) {
    write_chain_probe(sql, *condition.criterion->chain, condition.arms, pk, scope, numbers);
  } else {
    write_exists(sql, condition.arms, pk);
  }
}

void write_driver(Sql& sql, const Condition& condition, const Arm& arm, const Scope& scope,
                  const Numbers& numbers, std::optional<std::int64_t> limit) {
  if (condition.criterion == nullptr || !condition.criterion->chain) {
    sql << "SELECT x.pk AS pk FROM " << arm.table << " x WHERE ";
    write_arm(sql, arm, "x");
    if (limit && arm.order == ArmOrder::by_pk) sql << " ORDER BY x.pk";
  } else {
    const Chain& chain = *condition.criterion->chain;
    const std::int64_t target = type_number(chain.target_type, numbers);
    sql << "SELECT c.pk AS pk FROM " << arm.table
        << " x CROSS JOIN resource t CROSS JOIN reference_index c WHERE ";
    write_arm(sql, arm, "x");
    sql << " AND t.pk = x.pk AND t.content IS NOT NULL";
    write_scope(sql, scope, chain.target_type, "t.pk", numbers);
    sql << " AND c.param = ";
    sql.bind(reference_param(chain, numbers))
        << " AND c.target_id = t.id AND c.target_id <> '' AND c.target_type = ";
    sql.bind(target);
  }
  if (limit) {
    sql << " LIMIT ";
    sql.bind(*limit);
  }
}

}  // namespace reprise::record
