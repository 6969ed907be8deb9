#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace reprise::fhir {

/// Where in a resource something is: a chain of steps that lives on the stack of whoever walks through it.
struct ElementPath {
  const ElementPath* parent = nullptr;
  std::string_view name;             ///< of the element, or of the resource at the root
  std::optional<std::size_t> index;  ///< from 0, where the element is a list
};

/// The FHIRPath expression, such as "Patient.name[0].family".
[[nodiscard]] std::string expression(const ElementPath& place);

/// Whether a field's name looks like one that FHIR would give. Others may be anything, also something about a
/// patient, and are not repeated in messages.
[[nodiscard]] bool may_be_shown(std::string_view field_name);

}  // namespace reprise::fhir
