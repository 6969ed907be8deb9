// SPDX-License-Identifier: Apache-2.0
#include "engine/multibody/marker_swaps.h"

#include <algorithm>
#include <cassert>

namespace reprise::engine {

void MarkerSwaps::add(std::span<const std::optional<Eigen::Vector3d>> observed,
                      std::span<const Eigen::Vector3d> fitted) {
  assert(observed.size() == count_ && fitted.size() == count_);
  for (std::size_t i = 0; i < count_; ++i) {
    if (!observed[i]) continue;
    for (std::size_t k = 0; k < count_; ++k) {
      sums_[i * count_ + k] += (*observed[i] - fitted[k]).norm();
      ++frames_[i * count_ + k];
    }
  }
}

std::vector<MarkerSwap> MarkerSwaps::likely(double far_m) const {
  const auto distance = [&](std::size_t seen, std::size_t fitted) {
    const std::size_t i = seen * count_ + fitted;
    return sums_[i] / static_cast<double>(std::max<std::size_t>(frames_[i], 1));
  };
  std::vector<MarkerSwap> out;
  for (std::size_t i = 0; i < count_; ++i) {
    for (std::size_t k = i + 1; k < count_; ++k) {
      const MarkerSwap swap{i, k, (distance(i, i) + distance(k, k)) / 2,
                            (distance(i, k) + distance(k, i)) / 2};
      if (swap.named_m >= far_m && swap.exchanged_m < swap.named_m / 2) out.push_back(swap);
    }
  }
  std::sort(out.begin(), out.end(),
            [](const MarkerSwap& a, const MarkerSwap& b) { return a.named_m > b.named_m; });
  return out;
}

}  // namespace reprise::engine
