// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "fhir/model/definitions.h"
#include "fhir/model/element_path.h"
#include "fhir/model/json.h"
#include "fhir/validation/findings.h"

namespace reprise::fhir {

/// Checks R4's handwritten rules about several elements of one group: per-1, que-12, ras-2, those about the
/// links and full URLs of a Bundle, an Attachment's size and hash against its data.
void check_invariants(const Structure& structure, const Json& value, const ElementPath& place,
                      Findings& findings);

/// Returns the problem in the full URL of an entry; empty if it is valid.
[[nodiscard]] std::optional<std::string_view> problem_in_full_url(std::string_view full_url);

}  // namespace reprise::fhir
