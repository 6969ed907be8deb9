#pragma once

#include "record/search/plan.h"
#include "record/search/search.h"

namespace reprise::record {

/// Adds what `_include` and `_revinclude` ask for to a page with its matches.
[[nodiscard]] Result<void> add_included(const SearchContext& context, SearchPage& page);

}  // namespace reprise::record
