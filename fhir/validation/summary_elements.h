#pragma once

#include <span>
#include <string>

#include "fhir/model/json.h"

// Parts of a resource, as a search may ask for them (http://hl7.org/fhir/R4/search.html#summary). Each has
// the tag SUBSETTED, so that nobody takes it for the whole and writes it back; what must be there always is,
// and so is what changes the meaning of the rest. `resource`: one that `validate` accepts; of another
// everything but its type is gone.
namespace reprise::fhir {

/// `_summary=true`: what R4 marks as summary, in the resource and its groups; values of data types whole.
[[nodiscard]] Json summary_of(const Json& resource);

/// `_summary=text`: the narrative.
[[nodiscard]] Json text_of_resource(const Json& resource);

/// `_summary=data`: everything but the narrative.
[[nodiscard]] Json without_text(const Json& resource);

/// `_elements`: elements of the resource by their names ("value" for all of its types).
[[nodiscard]] Json with_elements(const Json& resource, std::span<const std::string> names);

}  // namespace reprise::fhir
