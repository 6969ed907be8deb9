// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>

namespace reprise::engine {

inline constexpr std::size_t kMostGathered = 30;  ///< that are drawn

/// Returns the point at a share of the way, clamped to both ends.
[[nodiscard]] inline double along(double from, double to, double share) {
  return from + (to - from) * std::clamp(share, 0.0, 1.0);
}

}  // namespace reprise::engine
