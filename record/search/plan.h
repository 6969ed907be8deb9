#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "record/search/exists_clause.h"

// SQLite knows nothing of how common values are: which condition finds the resources, and which are only
// looked up for each of them, is decided here, the same way for both databases.
namespace reprise::record {

/// What results are sorted by: the least value (the greatest, where descending) of `column` among a
/// resource's rows of these arms.
struct OrderKey {
  std::vector<IndexFilter> filters;
  std::string_view column;
  bool descending = false;
};

enum class ScanStrategy {
  full_scan,    ///< along all resources of the type, by pk
  merge,        ///< along the rows of one condition, by pk
  index_order,  ///< along the rows of the first order key, by value
  sort,         ///< everything that one condition finds, then sorted
};

struct Plan {
  ScanStrategy way = ScanStrategy::full_scan;
  std::optional<std::size_t> driver;  ///< the condition that finds; its probe is left out
  std::vector<OrderKey> keys;         ///< none: in the order of pk
  bool has_tail = false;              ///< whether resources without a value of the first key follow
  std::int64_t order = 0;             ///< for the cursor
  std::vector<std::size_t> few = {};  ///< conditions that find so little that all of it is collected first
};

struct SearchContext {
  Connection& connection;
  const SearchQuery& query;
  const IndexIds& index_ids;
  const Scope& scope;
  const std::vector<SearchCondition>& conditions;
};

/// Decides. Errors: invalid_argument (a cursor that does not belong to the search), and those of the
/// connection.
[[nodiscard]] Result<Plan> make_plan(const SearchContext& context);

}  // namespace reprise::record
