// SPDX-License-Identifier: Apache-2.0
#include "engine/pose/heatmap_refinement.h"

#include <algorithm>
#include <cmath>

#include "engine/pose/networks.h"

namespace reprise::engine {

Eigen::Vector2d refine_from_heatmap(std::span<const float> heatmap, std::size_t channels, std::size_t channel,
                                    const Eigen::Vector2d& point, const HeatmapRefinementOptions& options) {
  constexpr int kSize = kHeatmapSize;
  const Eigen::Vector2d cell = point * kSize;
  // As in the original: cells are cut towards zero, so that a point up to one cell left of or above the map
  // still counts, and a point below the map counts as long as its window reaches into it.
  if (!(cell.minCoeff() > -1.0 && cell.x() < kSize && cell.y() < 2 * kSize)) return point;
  const int column = static_cast<int>(cell.x());
  const int row = static_cast<int>(cell.y());
  const int reach = (options.kernel - 1) / 2;
  double total = 0;
  double best = 0;
  Eigen::Vector2d mass = Eigen::Vector2d::Zero();
  for (int r = std::max(0, row - reach); r < std::min(kSize, row + reach + 1); ++r) {
    for (int c = std::max(0, column - reach); c < std::min(kSize, column + reach + 1); ++c) {
      const float logit = heatmap[static_cast<std::size_t>(r * kSize + c) * channels + channel];
      const double confidence = 1.0 / (1.0 + std::exp(-static_cast<double>(logit)));
      total += confidence;
      best = std::max(best, confidence);
      mass += confidence * Eigen::Vector2d{c, r};
    }
  }
  if (!(best >= options.min_confidence) || !(total > 0)) return point;
  return mass / total / kSize;
}

}  // namespace reprise::engine
