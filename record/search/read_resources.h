#pragma once

#include <cstdint>
#include <vector>

#include "record/search/search.h"

namespace reprise::record {

/// The living resources of these numbers, in their order: the first ones that have at most so many bytes
/// together, and in any case the first.
[[nodiscard]] Result<std::vector<FoundResource>> read_resources(Connection& connection,
                                                                const std::vector<std::int64_t>& pks,
                                                                const IndexIds& index_ids,
                                                                std::size_t most_bytes);

}  // namespace reprise::record
