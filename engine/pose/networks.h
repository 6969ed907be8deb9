// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "base/result.h"

namespace reprise::engine {

// The border between our geometry and the neural networks: plain float tensors, so that XNNPACK natively and
// LiteRT.js in the browser can stand behind it. Shapes are those of BlazePose as published by MediaPipe.

inline constexpr int kDetectorInputSize = 224;  ///< 1 x 224 x 224 x 3, RGB in [-1, 1]
inline constexpr int kDetectorAnchorCount = 2254;
inline constexpr int kDetectorBoxValues = 12;     ///< center x, y, width, height, then 4 key points x, y
inline constexpr int kLandmarkInputSize = 256;    ///< 1 x 256 x 256 x 3, RGB in [0, 1]
inline constexpr int kNetworkLandmarkCount = 39;  ///< 33 landmarks, 2 for the region of interest, 4 unused
inline constexpr int kHeatmapSize = 64;

/// What the detector network says: raw, before anchors and thresholds.
struct DetectorOutput {
  std::vector<float> boxes;   ///< kDetectorAnchorCount x kDetectorBoxValues
  std::vector<float> logits;  ///< kDetectorAnchorCount
};

/// What the landmark network says: raw, in the pixels of its 256 x 256 crop.
struct LandmarkOutput {
  std::vector<float> landmarks;  ///< 39 x 5: x, y, z in crop pixels, visibility logit, presence logit
  float presence = 0;            ///< probability that the crop shows a person
  std::vector<float> heatmap;    ///< 64 x 64 x 39, logits
  std::vector<float> world_m;    ///< 39 x 3: meters, crop axes, origin mid-hips
};

/// The two networks. Calls are synchronous; an implementation may be used from one thread at a time.
class PoseNetworks {
 public:
  PoseNetworks() = default;
  PoseNetworks(const PoseNetworks&) = delete;
  PoseNetworks& operator=(const PoseNetworks&) = delete;
  virtual ~PoseNetworks() = default;

  /// `input`: 224*224*3 floats, row by row, RGB interleaved, in [-1, 1]. The output's buffers are reused.
  [[nodiscard]] virtual Result<void> detect(std::span<const float> input, DetectorOutput& output) = 0;
  /// `input`: 256*256*3 floats, row by row, RGB interleaved, in [0, 1]. The output's buffers are reused.
  [[nodiscard]] virtual Result<void> find_landmarks(std::span<const float> input, LandmarkOutput& output) = 0;
};

}  // namespace reprise::engine
