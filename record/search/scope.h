// SPDX-License-Identifier: Apache-2.0
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

/// The resources that a search may return: as matches, includes, and through a chain.
struct Scope {
  bool everything = true;
  /// Otherwise: resources in the compartments of these patients (ids; some thousands at most, because a
  /// statement has room for 32,766 values),
  std::vector<std::string> patients;
  /// and all resources of these types, such as Practitioner. Other types outside every compartment are not
  /// returned.
  std::vector<std::string> open_types;
};

/// Returns whether all resources of a type are accessible, regardless of compartments.
[[nodiscard]] bool is_open(const Scope& scope, std::string_view type);

/// Returns the filter on rows that put a resource into one of the patients' compartments; `never` if the type
/// has none. Only for a type that is not open.
[[nodiscard]] CompiledCriterion compartment_filters(const Scope& scope, std::string_view type,
                                                    const IndexIds& index_ids);

/// Writes " AND …" so that the resource is in the scope. `pk`: an expression.
void write_scope(Sql& sql, const Scope& scope, std::string_view type, std::string_view pk,
                 const IndexIds& index_ids);

/// A resource by its number, and the number of its type.
using Found = std::pair<std::int64_t, std::int64_t>;

/// Returns those of `found` that are in the scope.
[[nodiscard]] Result<std::vector<Found>> in_scope(Connection& connection, const Scope& scope,
                                                  std::vector<Found> found, const IndexIds& index_ids);

}  // namespace reprise::record
