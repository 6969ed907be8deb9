#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "record/search/arm.h"
#include "record/search/scope.h"

namespace reprise::record {

/// A criterion with its arms; or the scope of the search itself, which has no criterion.
struct Condition {
  const Criterion* criterion = nullptr;
  Arms arms;
};

/// What a search asks of each resource: its criteria in their order, then the scope, where there is one.
[[nodiscard]] std::vector<Condition> conditions_of(const SearchQuery& query, const Scope& scope,
                                                   const Numbers& numbers);

/// Writes " AND EXISTS (…)" for a resource. `pk`: an expression. `type`: of the resources that are searched
/// for.
void write_probe(Sql& sql, const Condition& condition, std::string_view type, std::string_view pk,
                 const Scope& scope, const Numbers& numbers);

/// Writes a SELECT of the `pk` of what an arm of a condition finds: by the arm itself, or through the chain.
/// `limit`: at most so many, in the order of pk where the arm has it.
void write_driver(Sql& sql, const Condition& condition, const Arm& arm, const Scope& scope,
                  const Numbers& numbers, std::optional<std::int64_t> limit);

}  // namespace reprise::record
