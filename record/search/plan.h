// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "record/search/exists_clause.h"

// Plans a search. SQLite has no statistics of how common values are, so the plan decides which condition
// drives the search, and which are only checked for each resource. Both databases get the same plan.
namespace reprise::record {

/// A sort key: the least value (if descending, the greatest) of `column` among a resource's rows that match
/// these filters.
struct OrderKey {
  std::vector<IndexFilter> filters;
  std::string_view column;
  bool descending = false;
};

/// How the resources are found.
enum class ScanStrategy {
  full_scan,    ///< all resources of the type, by primary key
  merge,        ///< the rows of one condition, merged by primary key
  index_order,  ///< the rows of the first sort key, by value
  sort,         ///< all matches of one condition, then sorted
};

struct Plan {
  ScanStrategy way = ScanStrategy::full_scan;
  std::optional<std::size_t> driver;  ///< the condition that drives; it needs no EXISTS clause
  std::vector<OrderKey> keys;         ///< empty: by primary key
  bool has_tail = false;              ///< whether resources without a value for the first key follow
  std::int64_t order = 0;             ///< for the cursor
  std::vector<std::size_t> few = {};  ///< conditions with so few matches that these are collected first
};

struct SearchContext {
  Connection& connection;
  const SearchQuery& query;
  const IndexIds& index_ids;
  const Scope& scope;
  const std::vector<SearchCondition>& conditions;
};

/// Makes the plan. Errors: invalid_argument (a cursor of another search), and those of the connection.
[[nodiscard]] Result<Plan> make_plan(const SearchContext& context);

}  // namespace reprise::record
