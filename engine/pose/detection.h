// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>
#include <array>
#include <vector>

#include "base/result.h"
#include "engine/pose/networks.h"

namespace reprise::engine {

inline constexpr std::size_t kDetectionKeyPointCount = 4;

/// One box of the detector, in shares (0 to 1, may lie outside) of its square input. The box holds the face;
/// key point 0 is the middle of the hips, key point 1 lies on the circle around it that holds the whole body,
/// in the direction of the head. Key points 2 and 3 do the same for the upper body and are not used.
struct Detection {
  double score = 0;  ///< probability, 0 to 1
  Eigen::Vector2d box_min = Eigen::Vector2d::Zero();
  Eigen::Vector2d box_max = Eigen::Vector2d::Zero();
  std::array<Eigen::Vector2d, kDetectionKeyPointCount> key_points = {
      Eigen::Vector2d::Zero(), Eigen::Vector2d::Zero(), Eigen::Vector2d::Zero(), Eigen::Vector2d::Zero()};
};

struct DetectionOptions {
  double min_score = 0.5;    ///< boxes below are ignored, 0 to 1
  double min_overlap = 0.3;  ///< boxes that overlap more (intersection over union) are one person, 0 to 1
};

/// The people in the detector's output, surest first, one for each group of overlapping boxes. Empty where no
/// box reaches the score. Fails with `corrupt` where the tensors have the wrong size.
[[nodiscard]] Result<std::vector<Detection>> decode_detections(const DetectorOutput& output,
                                                               const DetectionOptions& options = {});

/// Merges each group of boxes that overlap the surest of them by more than `min_overlap` (intersection over
/// union) into one: its box and key points are the mean weighted by score, its score is the highest (weighted
/// non-maximum suppression, Bazarevsky et al. 2019, arXiv:1907.05047). Surest first; any order in.
[[nodiscard]] std::vector<Detection> merge_overlapping(std::vector<Detection> detections, double min_overlap);

}  // namespace reprise::engine
