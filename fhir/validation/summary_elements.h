// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>

#include "fhir/model/json.h"

// Subsets of a resource, as a search may request them
// (http://hl7.org/fhir/R4/search.html#summary). Each has the tag SUBSETTED, so that no client
// writes it back as the whole. Required elements and modifiers always remain. `resource`: one that
// `validate` accepts; of any other only the type remains.
namespace reprise::fhir {

/// Returns `_summary=true`: R4's summary elements, in the resource and its groups; values of data types
/// whole.
[[nodiscard]] Json summary_of(const Json& resource);

/// Returns `_summary=text`: the narrative.
[[nodiscard]] Json text_of_resource(const Json& resource);

/// Returns `_summary=data`: everything but the narrative.
[[nodiscard]] Json without_text(const Json& resource);

/// Returns `_elements`: elements of the resource by their names ("value" for all of its types).
[[nodiscard]] Json with_elements(const Json& resource, std::span<const std::string> names);

}  // namespace reprise::fhir
