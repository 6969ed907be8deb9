// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "fhir/search/search_path.h"
#include "fhir/search/search_values.h"

namespace reprise::fhir {

/// Adds what a search by this kind of parameter compares of one value of a resource.
void add_search_values(SearchKind kind, const Node& node, std::vector<SearchValue>& values);

}  // namespace reprise::fhir
