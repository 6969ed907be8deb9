#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "record/database/connection.h"
#include "record/search/index_filter.h"

namespace reprise::record {

/// Whose resources a search may show: matches, includes, and what a chain asks about.
struct Scope {
  bool everything = true;
  /// Otherwise: what is in the compartment of one of these patients (their ids; some thousands at most, for a
  /// statement has room for 32,766 values),
  std::vector<std::string> patients;
  /// and all of these types, such as Practitioner. Of other types that are in no compartment nothing is
  /// shown.
  std::vector<std::string> open_types;
};

/// Whether resources of a type may be seen without a look at their compartments.
[[nodiscard]] bool is_open(const Scope& scope, std::string_view type);

/// The rows that put a resource of a type into one of the patients' compartments; never where that cannot be.
/// Only for a type that is not open.
[[nodiscard]] CompiledCriterion compartment_filters(const Scope& scope, std::string_view type,
                                                    const IndexIds& index_ids);

/// Writes " AND …": that the resource is in the scope. `pk`: an expression.
void write_scope(Sql& sql, const Scope& scope, std::string_view type, std::string_view pk,
                 const IndexIds& index_ids);

/// A resource by its number, and the number of its type.
using Found = std::pair<std::int64_t, std::int64_t>;

/// Those of `found` that are in the scope.
[[nodiscard]] Result<std::vector<Found>> in_scope(Connection& connection, const Scope& scope,
                                                  std::vector<Found> found, const IndexIds& index_ids);

}  // namespace reprise::record
