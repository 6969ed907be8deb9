// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

#include "fhir/model/definition_tables.h"

namespace reprise::fhir {

/// The structure of this name, such as "Patient.contact" or "dateTime"; null where there is none.
[[nodiscard]] const Structure* find_structure(std::string_view name);

/// The supported resource of this name; null where there is none.
[[nodiscard]] const Structure* find_resource(std::string_view name);

/// Whether R4 has such a resource, supported or not.
[[nodiscard]] bool is_resource_type(std::string_view name);

/// What stands beside a primitive value ("_birthDate"): its id and extensions.
[[nodiscard]] const Structure& beside_primitive();

/// The elements of a structure, sorted by name; none of a primitive type.
[[nodiscard]] std::span<const Element> elements_of(const Structure& structure);

/// The element of this name in JSON; null where the structure has none.
[[nodiscard]] const Element* find_element(const Structure& structure, std::string_view name);

/// What a value of the element looks like.
[[nodiscard]] const Structure& structure_of(const Element& element);

/// Whether this is one of FHIR's primitive types.
[[nodiscard]] constexpr bool is_primitive(Kind kind) {
  return kind >= Kind::base64_binary;
}

/// The name in a FHIRPath expression: "value" of "valueQuantity".
[[nodiscard]] constexpr std::string_view path_name(const Element& element) {
  return element.name.substr(0, element.stem);
}

/// Whether a reference in this element may lead to a resource of this type.
[[nodiscard]] bool may_refer_to(const Element& element, std::string_view resource_type);

/// The codes of the element's required binding; none where it has no such binding or they are not listed.
[[nodiscard]] std::span<const Code> required_codes(const Element& element);

/// Whether `code` is among the codes; of `system`, where one is given.
[[nodiscard]] bool contains_code(std::span<const Code> codes, std::string_view code,
                                 const std::string_view* system = nullptr);

/// The system of a code; empty where it is not among the codes.
[[nodiscard]] std::string_view system_of(std::span<const Code> codes, std::string_view code);

}  // namespace reprise::fhir
