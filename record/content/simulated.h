#pragma once

#include <optional>
#include <string>

#include "fhir/model/json.h"
#include "record/content/refusal.h"

namespace reprise::record {

/// Tags a resource as simulated (meta.tag), in its text and in what was read from it. A resource that has the
/// tag stays as it is. `resource`: valid by R4's definitions. Refuses: malformed, where the text cannot be
/// written again exactly.
[[nodiscard]] std::optional<Refusal> tag_as_simulated(std::string& text, fhir::Json& resource);

}  // namespace reprise::record
