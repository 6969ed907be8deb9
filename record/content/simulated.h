// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "fhir/model/json.h"
#include "record/content/refusal.h"

namespace reprise::record {

/// Tags a resource as simulated (meta.tag), in its text and its JSON. A tagged resource stays unchanged.
/// `resource`: valid by R4's definitions. Refuses: malformed, if the text cannot be serialized exactly.
[[nodiscard]] std::optional<Refusal> tag_as_simulated(std::string& text, fhir::Json& resource);

}  // namespace reprise::record
