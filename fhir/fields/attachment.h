#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "fhir/fields/fields.h"

// A file of the catalog inside the resource that a record keeps it as, byte for byte.
namespace reprise::fhir {

/// What `relatedArtifact` of such a resource says. `label`: what it is, "exercise".
[[nodiscard]] Json attach_json(std::string_view label, std::string_view name, std::string_view text);

/// The one JSON file in a resource. Errors: what is wrong, as a sentence without an end.
[[nodiscard]] tl::expected<std::string, std::string> attached_json(const Json& resource);

/// The names by which programs know what a file's id names: "single-leg_stance" is "SingleLegStance".
[[nodiscard]] std::string computer_name(std::string_view id);

}  // namespace reprise::fhir
