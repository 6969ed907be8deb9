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

std::vector<MarkerExchange> MarkerSwaps::exchanged(Seconds time,
                                                   std::span<const std::optional<Eigen::Vector3d>> observed,
                                                   double far_m) {
  assert(observed.size() == count_);
  constexpr Seconds kLongestGap{0.1};
  std::vector<std::size_t> followed;
  for (std::size_t i = 0; i < count_; ++i) {
    if (observed[i] && time - places_[i].time <= kLongestGap) followed.push_back(i);
  }
  const auto from = [&](std::size_t seen, std::size_t place) {
    return (*observed[seen] - places_[place].position_m).norm();
  };
  std::vector<MarkerExchange> out;
  std::vector<std::size_t> source(count_);
  for (std::size_t i = 0; i < count_; ++i) source[i] = i;
  for (std::size_t a = 0; a < followed.size(); ++a) {
    const std::size_t i = followed[a];
    // A marker that stays far from its place by less cannot reach the mean with a partner that is nearer.
    const double own = from(i, i);
    if (own < far_m / 2) continue;
    for (std::size_t b = a + 1; b < followed.size(); ++b) {
      const std::size_t k = followed[b];
      if (source[i] != i || source[k] != k) continue;
      const double named = (own + from(k, k)) / 2;
      if (named < far_m || (from(i, k) + from(k, i)) / 2 >= named / 2) continue;
      out.push_back({i, k});
      std::swap(source[i], source[k]);
    }
  }
  for (std::size_t i = 0; i < count_; ++i) {
    if (const auto& position = observed[source[i]]) places_[i] = {*position, time};
  }
  return out;
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
