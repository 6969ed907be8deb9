// SPDX-License-Identifier: Apache-2.0
#include "record/search/plan.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace reprise::record {
namespace {

// Number of rows that are sampled to estimate how many a condition finds.
constexpr std::int64_t kFewRows = 200;
// Below this many rows, looking each up in the other indexes costs less than an estimate of those.
constexpr double kVeryFewRows = 10;
// Up to this many rows are collected and sorted rather than scanned in index order.
constexpr std::int64_t kCollectable = 1500;
constexpr double kMany = std::numeric_limits<double>::max();

bool has_order(const SearchCondition& condition, FilterOrder order) {
  const auto& filters = condition.filters.any;
  return std::all_of(filters.begin(), filters.end(), [&](const IndexFilter& filter) {
    return filter.order == order && (order != FilterOrder::by_value || filter.column == filters[0].column);
  });
}

enum class Ability { none, merge, walk, collect };

// Returns the ways in which a condition can find resources.
Ability ability_of(const SearchCondition& condition) {
  const CompiledCriterion& filters = condition.filters;
  const bool unordered = std::any_of(filters.any.begin(), filters.any.end(), [](const IndexFilter& filter) {
    return filter.order == FilterOrder::unordered;
  });
  if (filters.negated || filters.never || filters.any.empty() || unordered) return Ability::none;
  const bool chained = condition.criterion != nullptr && condition.criterion->chain.has_value();
  if (chained || filters.any.size() > kMostFilters) return Ability::collect;
  if (has_order(condition, FilterOrder::by_pk)) return Ability::merge;
  return has_order(condition, FilterOrder::by_value) ? Ability::walk : Ability::collect;
}

struct Sample {
  std::int64_t rows = 0;
  std::int64_t first_pk = 0;
  std::int64_t last_pk = 0;
};

// Reads the first rows of a filter, at most `limit`.
Result<Sample> sample_of(const SearchContext& context, const SearchCondition& condition,
                         const IndexFilter& filter, std::int64_t limit) {
  Sql sql{context.connection.dialect()};
  sql << "SELECT count(*), min(d.pk), max(d.pk) FROM (";
  write_driver(sql, condition, filter, context.scope, context.index_ids, limit);
  sql << ") d";
  Sample sample;
  const auto read = run_query(context.connection, sql, [&](Row row) {
    sample.rows = std::get<std::int64_t>(row[0]);
    if (sample.rows > 0)
      sample = {sample.rows, std::get<std::int64_t>(row[1]), std::get<std::int64_t>(row[2])};
    return false;
  });
  if (!read) return tl::unexpected(read.error());
  return sample;
}

Result<double> last_pk(const SearchContext& context) {
  Sql sql{context.connection.dialect()};
  sql << "SELECT max(pk) FROM resource";
  double last = 0;
  const auto read = run_query(context.connection, sql, [&](Row row) {
    if (const auto* pk = std::get_if<std::int64_t>(&row[0])) last = static_cast<double>(*pk);
    return false;
  });
  if (!read) return tl::unexpected(read.error());
  return last;
}

// Estimates how many rows a filter finds; `kMany`: `limit` or more. If its rows come in the order of pk, the
// first of them tell how dense they are among all resources.
Result<double> estimate(const SearchContext& context, const SearchCondition& condition,
                        const IndexFilter& filter, std::int64_t limit) {
  const bool in_order = ability_of(condition) == Ability::merge;
  const auto sample = sample_of(context, condition, filter, in_order ? kFewRows : limit);
  if (!sample) return tl::unexpected(sample.error());
  if (in_order && sample->rows == kFewRows) {
    const auto last = last_pk(context);
    if (!last) return last;
    const auto stretch = static_cast<double>(sample->last_pk - sample->first_pk + 1);
    return std::max(static_cast<double>(kFewRows), static_cast<double>(sample->rows) / stretch * *last);
  }
  return sample->rows < limit || in_order ? static_cast<double>(sample->rows) : kMany;
}

Result<double> estimate(const SearchContext& context, const SearchCondition& condition, std::int64_t limit) {
  double rows = 0;
  for (const IndexFilter& filter : condition.filters.any) {
    const auto own = estimate(context, condition, filter, limit);
    if (!own || *own == kMany) return own;
    rows += *own;
  }
  return rows;
}

struct Candidate {
  std::size_t condition = 0;
  Ability ability = Ability::none;
  double rows = kMany;
};

// Returns the most selective condition; nullopt if none can drive. A single condition is estimated only if it
// matters. `few` receives the conditions whose rows were all read.
Result<std::optional<Candidate>> best_candidate(const SearchContext& context, bool estimate_one,
                                                std::vector<std::size_t>& few) {
  std::vector<Candidate> all;
  for (std::size_t i = 0; i < context.conditions.size(); ++i) {
    const Ability ability = ability_of(context.conditions[i]);
    if (ability != Ability::none) all.push_back({i, ability, kMany});
  }
  if (all.empty()) return std::nullopt;
  const auto fewest = [&] {
    return *std::min_element(all.begin(), all.end(),
                             [](const Candidate& a, const Candidate& b) { return a.rows < b.rows; });
  };
  if (all.size() == 1 && !estimate_one && all[0].ability != Ability::collect) return all[0];
  // The number of rows of a frequent condition matters only if all are frequent.
  for (const std::int64_t limit : {kFewRows, kCollectable}) {
    for (Candidate& one : all) {
      const auto rows = estimate(context, context.conditions[one.condition], limit);
      if (!rows) return tl::unexpected(rows.error());
      one.rows = *rows;
      if (one.rows == 0) return one;
      if (one.rows <= kVeryFewRows) break;
    }
    if (fewest().rows < kFewRows) break;
  }
  for (const Candidate& one : all) {
    if (one.rows < kFewRows) few.push_back(one.condition);
  }
  return fewest();
}

OrderKey key_along(const SearchCondition& condition) {
  return {condition.filters.any, condition.filters.any[0].column, false};
}

// Returns the condition on the sort parameter, whose rows alone are then sorted by.
std::optional<std::size_t> condition_on(const SearchContext& context,
                                        const fhir::SearchParameter& parameter) {
  for (std::size_t i = 0; i < context.conditions.size(); ++i) {
    const Criterion* criterion = context.conditions[i].criterion;
    if (criterion != nullptr && !criterion->chain && criterion->parameter == &parameter &&
        ability_of(context.conditions[i]) == Ability::walk)
      return i;
  }
  return {};
}

tl::unexpected<Error> foreign_cursor() {
  return fail(ErrorCode::invalid_argument, "search", "the cursor does not belong to this search",
              "begin again without it");
}

Result<Plan> sorted_plan(const SearchContext& context) {
  Plan plan;
  plan.way = ScanStrategy::index_order;
  for (const SortKey& key : context.query.sort) {
    const IndexFilter filter = sort_filter(context.query.type, *key.parameter, context.index_ids);
    plan.keys.push_back({{filter}, filter.column, key.descending});
  }
  plan.has_tail = plan.keys[0].filters[0].table != "resource";
  if (const auto same = condition_on(context, *context.query.sort[0].parameter)) {
    const bool descending = plan.keys[0].descending;
    plan.keys[0] = key_along(context.conditions[*same]);
    plan.keys[0].descending = descending;
    plan.driver = same;
    plan.has_tail = false;
  }
  constexpr double kSortable = 1000;
  const auto best = best_candidate(context, true, plan.few);
  if (!best) return tl::unexpected(best.error());
  if (*best && (*best)->rows <= kSortable) {
    plan.way = ScanStrategy::sort;
    plan.driver = (*best)->condition;
  }
  return plan;
}

// Continues with the plan of the previous page, even if another would be better by now: the order must stay.
Result<Plan> plan_of_walk(const SearchContext& context, std::int64_t order) {
  const auto at = static_cast<std::size_t>(order - 1);
  if (at >= context.conditions.size() || ability_of(context.conditions[at]) != Ability::walk)
    return foreign_cursor();
  return Plan{ScanStrategy::index_order, at, {key_along(context.conditions[at])}, false, order};
}

}  // namespace

Result<Plan> make_plan(const SearchContext& context) {
  const auto& cursor = context.query.cursor;
  if (!context.query.sort.empty()) return sorted_plan(context);
  if (cursor && cursor->order < 0) return foreign_cursor();
  if (cursor && cursor->order > 0) return plan_of_walk(context, cursor->order);
  std::vector<std::size_t> few;
  const auto best = best_candidate(context, cursor.has_value(), few);
  if (!best) return tl::unexpected(best.error());
  if (!*best) return Plan{};
  const auto& [condition, ability, rows] = **best;
  Plan plan;
  if (ability == Ability::merge) {
    plan = {ScanStrategy::merge, condition, {}, false, 0};
  } else if (ability == Ability::walk && !cursor) {
    auto walk = plan_of_walk(context, static_cast<std::int64_t>(condition) + 1);
    if (!walk) return walk;
    plan = std::move(*walk);
  } else if (rows < kMany) {
    plan = {ScanStrategy::sort, condition, {}, false, 0};
  }
  plan.few = std::move(few);
  return plan;
}

}  // namespace reprise::record
