// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

namespace reprise::fhir {

/// Returns the problem in the XHTML of a narrative, in plain words without its content; empty if
/// it is valid R4 (narrative.html): one well-formed, non-empty <div> of its namespace; only the
/// elements and attributes that the definitions name; no URL that runs a program. Style sheets
/// inside `style` are not checked.
[[nodiscard]] std::optional<std::string_view> problem_in_narrative(std::string_view xhtml);

}  // namespace reprise::fhir
