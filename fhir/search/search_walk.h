#pragma once

#include <cstdint>
#include <functional>

#include "fhir/model/json.h"
#include "fhir/search/search_values.h"

namespace reprise::fhir {

/// Is shown a value of a parameter, or of a composite's part. `place`: 0; for parts, which element of the
/// resource it comes from, counted from 1: a composite matches where values of all its parts have the same
/// place.
using ValueVisitor =
    std::function<void(const SearchParameter& parameter, std::uint32_t place, SearchValue&& value)>;

/// Shows all values of all search parameters of a resource's type and of "Resource", in one walk through the
/// resource: many times quicker than one call of `search_values` for each. A value may be shown twice.
/// Nothing is shown of what says no supported type.
void each_search_value(const Json& resource, const ValueVisitor& see);

}  // namespace reprise::fhir
