// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "record/search/index_filter.h"
#include "record/search/scope.h"

namespace reprise::record {

/// A criterion with its compiled filters; or the scope of the search itself, which has no criterion.
struct SearchCondition {
  const Criterion* criterion = nullptr;
  CompiledCriterion filters;
};

/// Returns the conditions of a search: its criteria in order, then the scope, if restricted.
[[nodiscard]] std::vector<SearchCondition> search_conditions(const SearchQuery& query, const Scope& scope,
                                                             const IndexIds& index_ids);

/// Writes " AND EXISTS (…)" for a resource. `pk`: an expression. `type`: the searched type.
void write_exists(Sql& sql, const SearchCondition& condition, std::string_view type, std::string_view pk,
                  const Scope& scope, const IndexIds& index_ids);

/// Writes a SELECT of the `pk` of the resources that a filter of a condition finds: directly, or through the
/// chain. `limit`: the largest number of rows, in the order of pk if the filter has it.
void write_driver(Sql& sql, const SearchCondition& condition, const IndexFilter& filter, const Scope& scope,
                  const IndexIds& index_ids, std::optional<std::int64_t> limit);

}  // namespace reprise::record
