// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace reprise::fhir {

enum class ReferenceForm {
  contained,    ///< "#id", or "#": the resource that contains this one
  relative,     ///< "Patient/17", perhaps with "/_history/2"
  absolute,     ///< an address with a scheme, such as https://… or urn:uuid:…
  conditional,  ///< "Patient?identifier=…", in bundles only
};

/// What the text of a reference says.
struct ParsedReference {
  ReferenceForm form = ReferenceForm::relative;
  std::string_view type;  ///< of the resource; empty where the text does not tell
  std::string_view id;    ///< empty where the text does not tell
};

/// Reads `Reference.reference` (references.html#literal). Nothing where it has none of the forms. The views
/// are into `text`.
[[nodiscard]] std::optional<ParsedReference> parse_reference(std::string_view text);

}  // namespace reprise::fhir
