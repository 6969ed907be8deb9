// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "record/search/plan.h"
#include "record/search/search.h"

namespace reprise::record {

/// Adds the resources of `_include` and `_revinclude` to a page with its matches, up to `most_bytes` in
/// total.
[[nodiscard]] Result<void> add_included(const SearchContext& context, std::size_t most_bytes,
                                        SearchPage& page);

}  // namespace reprise::record
