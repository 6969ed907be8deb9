// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "fhir/fields/fields.h"

// A catalog file attached to the resource that a record keeps of it, byte for byte.
namespace reprise::fhir {

/// Returns the `relatedArtifact` of such a resource. `label`: the kind of file, "exercise".
[[nodiscard]] Json attach_json(std::string_view label, std::string_view name, std::string_view text);

/// Returns the one JSON file in a resource. Errors: the cause, as a sentence without a full stop.
[[nodiscard]] tl::expected<std::string, std::string> attached_json(const Json& resource);

/// Converts a file's id to a computer-friendly name: "single-leg_stance" is "SingleLegStance".
[[nodiscard]] std::string computer_name(std::string_view id);

}  // namespace reprise::fhir
