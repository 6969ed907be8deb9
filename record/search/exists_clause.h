#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "record/search/index_filter.h"
#include "record/search/scope.h"

namespace reprise::record {

/// A criterion with its arms; or the scope of the search itself, which has no criterion.
struct SearchCondition {
  const Criterion* criterion = nullptr;
  CompiledCriterion filters;
};

/// What a search asks of each resource: its criteria in their order, then the scope, where there is one.
[[nodiscard]] std::vector<SearchCondition> search_conditions(const SearchQuery& query, const Scope& scope,
                                                             const IndexIds& index_ids);

/// Writes " AND EXISTS (…)" for a resource. `pk`: an expression. `type`: of the resources that are searched
/// for.
void write_exists(Sql& sql, const SearchCondition& condition, std::string_view type, std::string_view pk,
                  const Scope& scope, const IndexIds& index_ids);

/// Writes a SELECT of the `pk` of what an arm of a condition finds: by the arm itself, or through the chain.
/// `limit`: at most so many, in the order of pk where the arm has it.
void write_driver(Sql& sql, const SearchCondition& condition, const IndexFilter& filter, const Scope& scope,
                  const IndexIds& index_ids, std::optional<std::int64_t> limit);

}  // namespace reprise::record
