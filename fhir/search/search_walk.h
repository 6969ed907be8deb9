// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>

#include "fhir/model/json.h"
#include "fhir/search/search_values.h"

namespace reprise::fhir {

/// Receives a value of a parameter, or of a composite's part. `place`: 0; for parts, the number of
/// the element it comes from, counted from 1. A composite matches if values of all its parts have
/// the same place.
using ValueVisitor =
    std::function<void(const SearchParameter& parameter, std::uint32_t place, SearchValue&& value)>;

/// Visits all values of all search parameters of a resource's type and of "Resource", in one walk: many times
/// faster than one call of `search_values` for each. A value may be visited twice. Skips a resource without a
/// supported type.
void each_search_value(const Json& resource, const ValueVisitor& see);

}  // namespace reprise::fhir
