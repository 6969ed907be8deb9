#pragma once

#include <cstdint>
#include <vector>

#include "record/search/search.h"

namespace reprise::record {

/// The living resources of these numbers, in their order.
[[nodiscard]] Result<std::vector<FoundResource>> read_resources(Connection& connection,
                                                                const std::vector<std::int64_t>& pks,
                                                                const Numbers& numbers);

}  // namespace reprise::record
