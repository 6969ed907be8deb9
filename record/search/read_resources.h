// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "record/search/search.h"

namespace reprise::record {

/// Reads the current resources of these numbers, in their order, without deleted ones. Stops before their
/// bytes exceed `most_bytes`, but returns at least the first.
[[nodiscard]] Result<std::vector<FoundResource>> read_resources(Connection& connection,
                                                                const std::vector<std::int64_t>& pks,
                                                                const IndexIds& index_ids,
                                                                std::size_t most_bytes);

}  // namespace reprise::record
