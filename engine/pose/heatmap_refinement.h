// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <span>

namespace reprise::engine {

struct HeatmapRefinementOptions {
  int kernel = 7;               ///< side of the window around the first guess, in heat-map cells, odd
  double min_confidence = 0.5;  ///< a window whose best cell is below leaves the point where it was
};

/// Moves one landmark to the center of mass of the heat map around it. The regression alone is off by up to
/// 16 px in a 720 x 1280 picture. `heatmap`: kHeatmapSize x kHeatmapSize x channels logits, row by row,
/// channels interleaved; `channel` < `channels`; `point`: shares (0 to 1) of the crop. A point whose window
/// does not reach the map comes back unchanged. A cell counts at its index, without the half cell to its
/// middle: that is how the networks were trained (RefineLandmarksFromHeatmapCalculator of MediaPipe).
[[nodiscard]] Eigen::Vector2d refine_from_heatmap(std::span<const float> heatmap, std::size_t channels,
                                                  std::size_t channel, const Eigen::Vector2d& point,
                                                  const HeatmapRefinementOptions& options = {});

}  // namespace reprise::engine
