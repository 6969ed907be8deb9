// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/result.h"
#include "fhir/search/search_values.h"
#include "record/database/connection.h"

// The ids of resource types and search parameters in the index tables. Each database assigns them on first
// use. A parameter has a different id for each resource type, so that the id implies the type.
namespace reprise::record {

/// Index entries beside those of the parameter's code: "subject:identifier" and "identifier:of-type" for
/// these modifiers, "_compartment" for the patients whose compartments a resource is in.
constexpr std::string_view kByIdentifier = ":identifier";
constexpr std::string_view kByTypedIdentifier = ":of-type";
constexpr std::string_view kCompartment = "_compartment";

/// An indexed parameter. `definition` changes whenever the same resource would give other values.
struct IndexedParameter {
  std::string_view resource_type;
  std::string code;
  std::string definition;
};

/// Returns all indexed parameters, sorted by type and code. `_id` and `_lastUpdated` are columns of the
/// resource instead.
[[nodiscard]] const std::vector<IndexedParameter>& indexed_parameters();

/// The ids of a parameter.
struct ParameterIds {
  std::optional<std::int64_t> own;            ///< nullopt if it has no rows of its own (a composite)
  std::optional<std::int64_t> by_identifier;  ///< with `kByIdentifier` or `kByTypedIdentifier`
};

/// The id of a resource type, and those of its parameters.
struct TypeIds {
  std::int64_t number = 0;
  std::string name;
  std::map<std::string, std::int64_t, std::less<>> codes;
  std::unordered_map<const fhir::SearchParameter*, ParameterIds>
      parameters;  ///< parts of composites included
  std::unordered_set<const fhir::SearchParameter*> compartment_rules;
};

class IndexIds {
 public:
  /// `codes`: type, code and number of each parameter.
  IndexIds(const std::vector<std::pair<std::string, std::int64_t>>& types,
           const std::vector<std::tuple<std::string, std::string, std::int64_t>>& codes);

  /// Returns the ids of a resource type of R4, supported or not; null if there is no such type.
  [[nodiscard]] const TypeIds* find(std::string_view type) const;
  [[nodiscard]] const TypeIds* find(std::int64_t type) const;
  /// Returns a parameter's id; nullopt if there is none. `code`: may end with one of the suffixes above.
  [[nodiscard]] std::optional<std::int64_t> parameter(std::string_view type, std::string_view code) const;

 private:
  std::map<std::string, TypeIds, std::less<>> types_;
  std::map<std::int64_t, std::string> names_;
};

/// Loads the ids of a database, after `assign_index_ids`.
[[nodiscard]] Result<IndexIds> load_index_ids(Connection& connection);

/// Assigns missing ids and stores changed definitions, in the caller's write transaction. Returns the
/// resource types that must be re-indexed before that transaction ends.
[[nodiscard]] Result<std::vector<std::string>> assign_index_ids(Connection& connection);

}  // namespace reprise::record
