// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "fhir/model/date_time.h"
#include "fhir/model/json.h"
#include "fhir/search/search_tables.h"

// What a search may find a resource by (http://hl7.org/fhir/R4/search.html).
namespace reprise::fhir {

struct SearchToken {
  std::optional<std::string>
      system;  ///< missing: none; of a plain code that of its element's required binding
  std::string code;
};

struct SearchText {
  std::string text;
};

/// Either type and id, as far as the reference tells them, or only an address (also of a canonical).
struct SearchReference {
  std::string type;
  std::string id;
  std::string address;  ///< as it is written
  bool is_relative;     ///< "TYPE/ID": to a resource of the same server
};

/// A reference that says whom or what it means by an identifier.
struct SearchLogicalReference {
  std::string system;  ///< empty: not given
  std::string value;
};

/// An identifier with a code that says what kind of identifier it is.
struct SearchTypedIdentifier {
  std::string system;  ///< of the code; empty: not given
  std::string code;
  std::string value;
};

struct SearchQuantity {
  std::optional<double> low;  ///< both the same for a single value; missing: no limit
  std::optional<double> high;
  std::string system;  ///< empty: not given
  std::string code;
  std::string unit;
};

struct SearchNumber {
  std::optional<double> low;
  std::optional<double> high;
};

struct SearchUri {
  std::string uri;
};

using SearchValue = std::variant<SearchToken, SearchTypedIdentifier, SearchText, SearchReference,
                                 SearchLogicalReference, SearchQuantity, SearchNumber, SearchUri, Interval>;

/// The parameter of this code for resources of this type, or for all; null where there is none.
[[nodiscard]] const SearchParameter* find_search_parameter(std::string_view resource_type,
                                                           std::string_view code);

/// The parameters of this type alone; those for all resources are under "Resource".
[[nodiscard]] std::span<const SearchParameter> search_parameters(std::string_view resource_type);

/// The parts of a composite parameter; none of others. Their values are those of `each_search_value`.
[[nodiscard]] std::span<const SearchParameter> parts_of(const SearchParameter& composite);

/// The supported types that a reference may lead to, by the parameter's definition.
[[nodiscard]] std::span<const std::string_view> targets_of(const SearchParameter& reference);

/// Whether the parameter may have values of this structure, such as "Identifier".
[[nodiscard]] bool leads_to_structure(const SearchParameter& parameter, std::string_view structure);

/// The values that the parameter has in a resource, in the order of its elements; none where it has no such
/// value, and where it is a composite. `resource`: one that `validate` accepts. Not every type of value can
/// be searched for: docs/reference/fhir.md.
[[nodiscard]] std::vector<SearchValue> search_values(const SearchParameter& parameter, const Json& resource);

}  // namespace reprise::fhir
