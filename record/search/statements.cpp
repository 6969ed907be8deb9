// SPDX-License-Identifier: Apache-2.0
#include "record/search/statements.h"

#include <algorithm>
#include <string>
#include <utility>

namespace reprise::record {
namespace {

constexpr std::string_view kResource = "resource";

void write_rows_of(Sql& sql, const SearchContext& context, const SearchCondition& condition) {
  const std::vector<IndexFilter>& filters = condition.filters.any;
  for (std::size_t i = 0; i < filters.size(); ++i) {
    if (i > 0) sql << " UNION ALL ";
    write_driver(sql, condition, filters[i], context.scope, context.index_ids, {});
  }
}

// Looking up each resource by its key reads a page for each; few rows by value lie together. PostgreSQL finds
// that out by itself.
bool is_collected(const SearchContext& context, const Plan& plan, std::size_t condition) {
  const Criterion* criterion = context.conditions[condition].criterion;
  return !context.connection.dialect().plans_by_statistics && criterion != nullptr && !criterion->chain &&
         std::find(plan.few.begin(), plan.few.end(), condition) != plan.few.end();
}

void write_conditions(Sql& sql, const SearchContext& context, const Plan& plan, std::string_view pk) {
  for (std::size_t i = 0; i < context.conditions.size(); ++i) {
    const SearchCondition& condition = context.conditions[i];
    if (plan.driver == i) continue;
    if (is_collected(context, plan, i)) {
      sql << " AND " << sql.unindexed() << pk << " IN (";
      write_rows_of(sql, context, condition);
      sql << ")";
    } else {
      write_exists(sql, condition, context.query.type, pk, context.scope, context.index_ids);
    }
  }
}

std::int64_t type_of(const SearchContext& context) {
  const TypeIds* type = context.index_ids.find(context.query.type);
  return type != nullptr ? type->number : -1;
}

// "s1", "s2", …
std::string key_name(std::size_t key) {
  return "s" + std::to_string(key + 1);
}

// Writes the value of a key for one resource.
void write_key(Sql& sql, const OrderKey& key, std::string_view pk) {
  sql << "(SELECT " << (key.descending ? "max" : "min") << "(" << sql.unindexed() << "k." << key.column
      << ") FROM " << key.filters[0].table << " k WHERE k.pk = " << sql.unindexed() << pk << " AND ";
  write_any(sql, key.filters, "k");
  sql << ")";
}

void write_keys(Sql& sql, const Plan& plan, std::size_t first, std::string_view pk) {
  for (std::size_t i = first; i < plan.keys.size(); ++i) {
    sql << ", ";
    write_key(sql, plan.keys[i], pk);
    sql << " AS " << key_name(i);
  }
}

bool backwards(const Plan& plan) {
  return !plan.keys.empty() && plan.keys[0].descending;
}

// Writes the condition "after this position", by the keys from `key` on and then by pk. Resources without a
// value come last.
void write_after(Sql& sql, const Plan& plan, const Position& from, std::size_t key) {
  if (key == plan.keys.size()) {
    sql << "q.pk " << (backwards(plan) ? "<" : ">") << " ";
    sql.bind(from.pk);
    return;
  }
  const std::string name = "q." + key_name(key);
  const SortValue& value = from.values[key];
  if (std::holds_alternative<std::monostate>(value)) {
    sql << "(" << name << " IS NULL AND ";
    write_after(sql, plan, from, key + 1);
    sql << ")";
    return;
  }
  sql << "(" << name << (plan.keys[key].descending ? " < " : " > ");
  sql.bind(value) << " OR " << name << " IS NULL OR (" << name << " = ";
  sql.bind(value) << " AND ";
  write_after(sql, plan, from, key + 1);
  sql << "))";
}

// `first`: the first key of the columns. In a scan of its rows the first key always has a value. Omitting the
// others lets its index provide the order.
void write_order(Sql& sql, const Plan& plan, std::size_t first, bool along_first = false) {
  sql << " ORDER BY ";
  for (std::size_t i = first; i < plan.keys.size(); ++i) {
    sql << "q." << key_name(i) << (plan.keys[i].descending ? " DESC" : " ASC")
        << (i == 0 && along_first ? ", " : " NULLS LAST, ");
  }
  sql << "q.pk" << (backwards(plan) ? " DESC" : " ASC");
}

void write_limit(Sql& sql, std::int64_t limit) {
  sql << " LIMIT ";
  sql.bind(limit);
}

// --- Along all resources of the type ---

Sql all_sql(const SearchContext& context, const Plan& plan, const std::optional<Position>& from,
            std::int64_t limit) {
  Sql sql{context.connection.dialect()};
  sql << "SELECT r.pk FROM resource r WHERE r.type = ";
  sql.bind(type_of(context)) << " AND r.content IS NOT NULL";
  if (from) {
    sql << " AND r.pk > ";
    sql.bind(from->pk);
  }
  write_conditions(sql, context, plan, "r.pk");
  sql << " ORDER BY r.pk";
  write_limit(sql, limit);
  return sql;
}

// --- Along the rows of a condition, by pk ---

void write_merge_branch(Sql& sql, const SearchContext& context, const Plan& plan, const IndexFilter& filter,
                        const std::optional<Position>& from, std::int64_t limit) {
  sql << "SELECT x.pk AS pk FROM " << filter.table << " x WHERE ";
  write_filter(sql, filter, "x");
  if (from) {
    sql << " AND x.pk > ";
    sql.bind(from->pk);
  }
  write_conditions(sql, context, plan, "x.pk");
  sql << " ORDER BY x.pk";
  write_limit(sql, limit);
}

// Each filter returns its first rows; the first of those are the first of all.
template <class WriteBranch>
void write_merged(Sql& sql, const std::vector<IndexFilter>& filters, WriteBranch write) {
  for (std::size_t i = 0; i < filters.size(); ++i) {
    if (i > 0) sql << " UNION ALL ";
    sql << "SELECT * FROM (";
    write(filters[i]);
    sql << ") a" << std::to_string(i);
  }
}

Sql merge_sql(const SearchContext& context, const Plan& plan, const std::optional<Position>& from,
              std::int64_t limit) {
  const std::vector<IndexFilter>& filters = context.conditions[*plan.driver].filters.any;
  Sql sql{context.connection.dialect()};
  const auto write = [&](const IndexFilter& filter) {
    write_merge_branch(sql, context, plan, filter, from, limit);
  };
  if (filters.size() == 1) {
    write(filters[0]);
    return sql;
  }
  sql << "SELECT u.pk FROM (";
  write_merged(sql, filters, write);
  sql << ") u ORDER BY u.pk";
  write_limit(sql, limit);
  return sql;
}

// --- Along the rows of the first key, by value ---

// A resource with several values appears at the first of them.
void write_is_first(Sql& sql, const OrderKey& key) {
  if (key.filters[0].table == kResource) return;
  sql << " AND NOT EXISTS (SELECT 1 FROM " << key.filters[0].table << " y WHERE y.pk = " << sql.unindexed()
      << "x.pk AND ";
  write_any(sql, key.filters, "y");
  sql << " AND " << sql.unindexed() << "y." << key.column << (key.descending ? " > " : " < ") << "x."
      << key.column << sql.apart() << ")";
}

void write_ordered_branch(Sql& sql, const SearchContext& context, const Plan& plan, const IndexFilter& filter,
                          const std::optional<Position>& from, std::int64_t limit) {
  const OrderKey& key = plan.keys[0];
  const bool alone = plan.keys.size() == 1;
  const std::string column = "x." + std::string{key.column};
  const std::string_view down = key.descending ? " DESC" : "";
  if (!alone) sql << "SELECT * FROM (";
  sql << "SELECT x.pk AS pk, " << column << " AS s1";
  write_keys(sql, plan, 1, "x.pk");
  sql << " FROM " << filter.table << " x WHERE ";
  write_filter(sql, filter, "x");
  if (from) {
    const std::string_view op = key.descending ? "<" : ">";
    if (alone) {
      sql << " AND (" << column << ", x.pk) " << op << " (";
      sql.bind(from->values[0]) << ", ";
      sql.bind(from->pk) << ")";
    } else {  // for the index; the exact position is checked outside
      sql << " AND " << column << " " << op << "= ";
      sql.bind(from->values[0]);
    }
  }
  write_conditions(sql, context, plan, "x.pk");  // first, because it rejects most rows
  write_is_first(sql, key);
  if (alone) {
    sql << " ORDER BY " << column << down << ", x.pk" << down;
  } else {
    sql << ") q";
    if (from) {
      sql << " WHERE ";
      write_after(sql, plan, *from, 0);
    }
    write_order(sql, plan, 0, true);
  }
  write_limit(sql, limit);
}

Sql walk_sql(const SearchContext& context, const Plan& plan, const std::optional<Position>& from,
             std::int64_t limit) {
  const std::vector<IndexFilter>& filters = plan.keys[0].filters;
  Sql sql{context.connection.dialect()};
  const auto write = [&](const IndexFilter& filter) {
    write_ordered_branch(sql, context, plan, filter, from, limit);
  };
  if (filters.size() == 1) {
    write(filters[0]);
    return sql;
  }
  sql << "SELECT * FROM (";
  write_merged(sql, filters, write);
  sql << ") q";
  write_order(sql, plan, 0, true);
  write_limit(sql, limit);
  return sql;
}

// Resources without a value of the first key.
Sql tail_sql(const SearchContext& context, const Plan& plan, const std::optional<Position>& from,
             std::int64_t limit) {
  Sql sql{context.connection.dialect()};
  sql << "SELECT * FROM (SELECT r.pk AS pk";
  write_keys(sql, plan, 1, "r.pk");
  sql << " FROM resource r WHERE r.type = ";
  sql.bind(type_of(context)) << " AND r.content IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "
                             << plan.keys[0].filters[0].table << " y WHERE y.pk = " << sql.unindexed()
                             << "r.pk AND ";
  write_any(sql, plan.keys[0].filters, "y");
  sql << sql.apart() << ")";
  write_conditions(sql, context, plan, "r.pk");
  sql << ") q";
  if (from) {
    sql << " WHERE ";
    write_after(sql, plan, *from, 1);
  }
  write_order(sql, plan, 1);
  write_limit(sql, limit);
  return sql;
}

// --- Everything that a condition finds ---

void write_found(Sql& sql, const SearchContext& context, const SearchCondition& condition) {
  sql << "SELECT DISTINCT f.pk AS pk FROM (";
  write_rows_of(sql, context, condition);
  sql << ") f";
}

Sql collect_sql(const SearchContext& context, const Plan& plan, const std::optional<Position>& from,
                std::int64_t limit) {
  Sql sql{context.connection.dialect()};
  sql << "SELECT * FROM (SELECT d.pk AS pk";
  write_keys(sql, plan, 0, "d.pk");
  sql << " FROM (";
  write_found(sql, context, context.conditions[*plan.driver]);
  sql << ") d WHERE 1 = 1";
  write_conditions(sql, context, plan, "d.pk");
  sql << ") q";
  if (from) {
    sql << " WHERE ";
    write_after(sql, plan, *from, 0);
  }
  write_order(sql, plan, 0);
  write_limit(sql, limit);
  return sql;
}

bool is_type_of(std::string_view column, const SortValue& value) {
  if (column == "start_ms" || column == "end_ms" || column == "updated")
    return std::holds_alternative<std::int64_t>(value);
  if (column == "low" || column == "high") return std::holds_alternative<double>(value);
  return std::holds_alternative<std::string>(value);
}

}  // namespace

Sql matches_sql(const SearchContext& context, const Plan& plan, const std::optional<Position>& from,
                bool in_tail, std::int64_t limit) {
  if (in_tail) return tail_sql(context, plan, from, limit);
  switch (plan.way) {
    case ScanStrategy::merge: return merge_sql(context, plan, from, limit);
    case ScanStrategy::index_order: return walk_sql(context, plan, from, limit);
    case ScanStrategy::sort: return collect_sql(context, plan, from, limit);
    case ScanStrategy::full_scan: break;
  }
  return all_sql(context, plan, from, limit);
}

Sql count_sql(const SearchContext& context, const Plan& plan) {
  Sql sql{context.connection.dialect()};
  if (!plan.driver) {
    sql << "SELECT count(*) FROM resource r WHERE r.type = ";
    sql.bind(type_of(context)) << " AND r.content IS NOT NULL";
    write_conditions(sql, context, plan, "r.pk");
    return sql;
  }
  sql << "SELECT count(*) FROM (";
  write_found(sql, context, context.conditions[*plan.driver]);
  sql << ") d WHERE 1 = 1";
  write_conditions(sql, context, plan, "d.pk");
  return sql;
}

bool fits(const Plan& plan, const Position& position) {
  if (position.values.size() != plan.keys.size()) return false;
  for (std::size_t i = 0; i < plan.keys.size(); ++i) {
    const bool missing = std::holds_alternative<std::monostate>(position.values[i]);
    if (missing ? i == 0 && !plan.has_tail : !is_type_of(plan.keys[i].column, position.values[i]))
      return false;
  }
  return true;
}

}  // namespace reprise::record
