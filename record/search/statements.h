// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "record/search/plan.h"

namespace reprise::record {

/// The position to continue after.
struct Position {
  std::vector<SortValue> values;  ///< one per sort key
  std::int64_t pk = 0;
};

/// Builds the query for the next resources: `pk`, then a value for each order key. A resource may appear
/// several times in a row. `from`: nullopt for the first page. `in_tail`: resources without a value of the
/// first key, whose column is omitted.
[[nodiscard]] Sql matches_sql(const SearchContext& context, const Plan& plan,
                              const std::optional<Position>& from, bool in_tail, std::int64_t limit);

/// Builds the query that counts all matches.
[[nodiscard]] Sql count_sql(const SearchContext& context, const Plan& plan);

/// Returns whether the values of an external position have the types of the plan's keys.
[[nodiscard]] bool fits(const Plan& plan, const Position& position);

}  // namespace reprise::record
