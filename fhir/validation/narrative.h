#pragma once

#include <optional>
#include <string_view>

namespace reprise::fhir {

/// What is wrong with the XHTML of a narrative, in plain words without its content; nothing where it is as R4
/// wants (narrative.html): one well-formed <div> of its namespace with something in it; only the elements and
/// attributes that the definitions name; no address that runs a program. Style sheets inside `style` are not
/// looked into.
[[nodiscard]] std::optional<std::string_view> problem_in_narrative(std::string_view xhtml);

}  // namespace reprise::fhir
