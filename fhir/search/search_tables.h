// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

// What fhir/search/compile_search_parameters.mjs makes of HL7's search parameters.
// fhir/search/search_values.h uses it.
namespace reprise::fhir {

/// http://hl7.org/fhir/search-param-type, as far as it is supported.
enum class SearchKind : std::uint8_t { composite, date, number, quantity, reference, string, token, uri };

enum class StepKind : std::uint8_t {
  child,        ///< the element `name`, of all types of a choice
  as_type,      ///< only values of the type `name`
  equals,       ///< only groups whose element `name` is `value`
  resolves_to,  ///< only references to resources of the type `name`
  present,      ///< true where there is a value other than false
};

struct SearchStep {
  StepKind kind;
  std::string_view name;
  std::string_view value;
};

/// One way from a resource to values.
struct SearchPath {
  std::uint16_t first_step;
  std::uint16_t step_count;
};

struct SearchParameter {
  std::string_view resource_type;  ///< "Resource": of all
  std::string_view code;           ///< as in an address: "birthdate"; of a part "code-value-quantity$1"
  SearchKind kind;
  std::uint16_t first_path;
  std::uint16_t path_count;
  std::uint16_t first_target;  ///< types that a reference may lead to
  std::uint8_t target_count;
  std::uint16_t first_part;  ///< of a composite: what must hold of one and the same element
  std::uint8_t part_count;
};

/// A resource of this type is in the compartment of each patient that this parameter leads to.
struct CompartmentRule {
  std::string_view resource_type;
  std::string_view code;
};

struct SearchTables {
  std::span<const SearchParameter> parameters;  ///< sorted by resource type, then code
  std::span<const SearchParameter> parts;       ///< of composites; their paths start where a composite's end
  std::span<const SearchPath> paths;
  std::span<const SearchStep> steps;
  std::span<const std::string_view> targets;
  std::span<const CompartmentRule> patient_compartment;  ///< sorted by resource type
};

[[nodiscard]] const SearchTables& search_tables();

}  // namespace reprise::fhir
