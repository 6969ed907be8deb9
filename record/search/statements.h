#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "record/search/plan.h"

namespace reprise::record {

/// Where to go on: behind this resource.
struct Position {
  std::vector<SortValue> values;  ///< one for each order key
  std::int64_t pk = 0;
};

/// Writes the query for the next resources: `pk`, then a value for each order key. A resource may come
/// several times, with nothing else in between. `from`: nothing at the beginning. `in_tail`: those without a
/// value of the first key, for which no such column is given.
[[nodiscard]] Sql matches_sql(const SearchContext& context, const Plan& plan,
                              const std::optional<Position>& from, bool in_tail, std::int64_t limit);

/// Writes the query that counts all matches.
[[nodiscard]] Sql count_sql(const SearchContext& context, const Plan& plan);

/// Whether a position from outside has the types of values that the plan's keys have.
[[nodiscard]] bool fits(const Plan& plan, const Position& position);

}  // namespace reprise::record
