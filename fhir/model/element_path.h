// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace reprise::fhir {

/// A position in a resource: a chain of steps that lives on the stack of the traversal.
struct ElementPath {
  const ElementPath* parent = nullptr;
  std::string_view name;             ///< of the element, or of the resource at the root
  std::optional<std::size_t> index;  ///< from 0, if the element is a list
};

/// Writes the FHIRPath expression, such as "Patient.name[0].family".
[[nodiscard]] std::string expression(const ElementPath& place);

/// Checks whether a field's name looks like one of FHIR's. Others could be anything, even about a patient,
/// and are not repeated in messages.
[[nodiscard]] bool may_be_shown(std::string_view field_name);

}  // namespace reprise::fhir
