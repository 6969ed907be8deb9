#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "fhir/model/definitions.h"
#include "fhir/model/element_path.h"
#include "fhir/model/json.h"
#include "fhir/validation/findings.h"

// What `validate` asks of single values, beyond which fields they have.
namespace reprise::fhir {

/// The resource around what is checked: references find the contained resources through it.
struct Container {
  std::string_view type;
  std::vector<std::pair<std::string_view, std::string_view>> contained;  ///< id and type, sorted
};

/// What is around a value.
struct Surroundings {
  const Container* container = nullptr;  ///< null: none yet
  bool in_contained = false;
  bool in_bundle = false;
};

/// A field of a group; null where it is missing or no text.
[[nodiscard]] const std::string* text_field(const Json& group, std::string_view name);

/// The text of a field; empty where there is none.
[[nodiscard]] std::string_view text_in(const Json& group, std::string_view name);

[[nodiscard]] Container container_of(const Json& resource, std::string_view type);

/// The type of the resource that "#id" means; of the container itself where `id` is empty; empty where there
/// is none.
[[nodiscard]] std::string_view type_behind(const Container& container, std::string_view id);

/// The value of a primitive element: how it is written, and its code where there is a required binding.
void check_primitive(const Element& element, const Json& value, const ElementPath& place, Findings& findings);

/// A CodeableConcept with a required binding: with a coding or a text, one coding is of the value set.
void check_concept(const Element& element, const Json& value, const ElementPath& place, Findings& findings);

/// A Reference: its form, and where it may lead.
void check_reference(const Element& element, const Json& reference, const ElementPath& place,
                     const Surroundings& around, Findings& findings);

/// An Extension has a value or further extensions, not both (ext-1).
void check_extension(const Json& extension, const ElementPath& place, Findings& findings);

}  // namespace reprise::fhir
