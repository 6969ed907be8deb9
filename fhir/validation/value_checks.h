// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "fhir/model/definitions.h"
#include "fhir/model/element_path.h"
#include "fhir/model/json.h"
#include "fhir/validation/findings.h"

// The checks of single values in `validate`.
namespace reprise::fhir {

/// The resource around the checked element: references find the contained resources through it.
struct Container {
  std::string_view type;
  std::vector<std::pair<std::string_view, std::string_view>> contained;  ///< id and type, sorted
};

/// The context of a value.
struct Surroundings {
  const Container* container = nullptr;  ///< null: none yet
  bool in_contained = false;
  bool in_bundle = false;
};

/// Returns a field of a group; null if it is missing or not a text.
[[nodiscard]] const std::string* text_field(const Json& group, std::string_view name);

/// Returns the text of a field; empty if there is none.
[[nodiscard]] std::string_view text_in(const Json& group, std::string_view name);

[[nodiscard]] Container container_of(const Json& resource, std::string_view type);

/// Returns the type of the resource that "#id" refers to; of the container itself if `id` is empty; empty if
/// there is none.
[[nodiscard]] std::string_view type_behind(const Container& container, std::string_view id);

/// Checks the value of a primitive element: its format, and its code if there is a required binding.
void check_primitive(const Element& element, const Json& value, const ElementPath& place, Findings& findings);

/// Checks a CodeableConcept with a required binding: with a coding or a text, one coding is of the value set.
void check_concept(const Element& element, const Json& value, const ElementPath& place, Findings& findings);

/// Checks a Reference: its form and the types of its targets.
void check_reference(const Element& element, const Json& reference, const ElementPath& place,
                     const Surroundings& around, Findings& findings);

/// Checks that an Extension has a value or further extensions, not both (ext-1).
void check_extension(const Json& extension, const ElementPath& place, Findings& findings);

}  // namespace reprise::fhir
