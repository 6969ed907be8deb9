// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "engine/pose/networks.h"

namespace reprise::engine {

/// The middle of one of the detector's boxes, as a share (0 to 1) of its square input. Every anchor has the
/// size of the whole input, so that only its middle matters.
struct Anchor {
  float x = 0;
  float y = 0;
};

/// The detector's 2254 anchors in the order of its outputs: a 28 x 28 grid with 2 boxes a cell, 14 x 14 with
/// 2, 7 x 7 with 6 (single-shot detector, Liu et al. 2016, arXiv:1512.02325; the grids are those in the graph
/// of npm `@mediapipe/pose` 0.5.1675469404: strides 8, 16, 32, 32, 32 over 224 px, two boxes a layer).
[[nodiscard]] const std::array<Anchor, kDetectorAnchorCount>& pose_detector_anchors();

}  // namespace reprise::engine
