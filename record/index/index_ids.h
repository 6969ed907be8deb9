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

// Resource types and search parameters are numbers in the tables, given by each database on first use. A
// parameter has its own number for each resource type, also those that all resources have, so that the number
// tells the type.
namespace reprise::record {

/// What an index keeps a parameter under, beside its own code: "subject:identifier" and "identifier:of-type"
/// for what these modifiers look for; "_compartment" for the patients whose compartments a resource is in.
constexpr std::string_view kByIdentifier = ":identifier";
constexpr std::string_view kByTypedIdentifier = ":of-type";
constexpr std::string_view kCompartment = "_compartment";

/// A parameter that is indexed, and a text that changes when other values come out of a resource.
struct IndexedParameter {
  std::string_view resource_type;
  std::string code;
  std::string definition;
};

/// All parameters that are indexed, sorted by type and code. `_id` and `_lastUpdated` are columns of the
/// resource.
[[nodiscard]] const std::vector<IndexedParameter>& indexed_parameters();

/// The numbers of one parameter.
struct ParameterIds {
  std::optional<std::int64_t> own;            ///< nullopt if it has no rows of its own (a composite)
  std::optional<std::int64_t> by_identifier;  ///< with `kByIdentifier` or `kByTypedIdentifier`
};

/// The numbers of a resource type.
struct TypeIds {
  std::int64_t number = 0;
  std::string name;
  std::map<std::string, std::int64_t, std::less<>> codes;
  std::unordered_map<const fhir::SearchParameter*, ParameterIds> parameters;  ///< and parts of composites
  std::unordered_set<const fhir::SearchParameter*> compartment_rules;
};

class IndexIds {
 public:
  /// `codes`: type, code and number of each parameter.
  IndexIds(const std::vector<std::pair<std::string, std::int64_t>>& types,
           const std::vector<std::tuple<std::string, std::string, std::int64_t>>& codes);

  /// Of a resource type of R4, supported or not. Null where there is no such type.
  [[nodiscard]] const TypeIds* find(std::string_view type) const;
  [[nodiscard]] const TypeIds* find(std::int64_t type) const;
  /// `code`: perhaps with an addition from above. Nothing where there is no such parameter.
  [[nodiscard]] std::optional<std::int64_t> parameter(std::string_view type, std::string_view code) const;

 private:
  std::map<std::string, TypeIds, std::less<>> types_;
  std::map<std::int64_t, std::string> names_;
};

/// The numbers in a database that `assign_index_ids` has seen.
[[nodiscard]] Result<IndexIds> load_index_ids(Connection& connection);

/// Gives numbers to what has none yet, and notes changed definitions, in a writing transaction of the caller.
/// Returns the resource types whose resources must be indexed anew before that transaction ends.
[[nodiscard]] Result<std::vector<std::string>> assign_index_ids(Connection& connection);

}  // namespace reprise::record
