// SPDX-License-Identifier: Apache-2.0
#include "engine/pose/ssd_anchors.h"

#include <cstddef>

namespace reprise::engine {
namespace {

struct Layer {
  int grid;            // cells along one side
  int boxes_per_cell;  // layers of one stride are merged: three layers of two boxes make six
};
constexpr std::array<Layer, 3> kLayers = {{{28, 2}, {14, 2}, {7, 6}}};

constexpr int anchor_count() {
  int count = 0;
  for (const Layer& layer : kLayers) count += layer.grid * layer.grid * layer.boxes_per_cell;
  return count;
}
static_assert(anchor_count() == kDetectorAnchorCount);

constexpr std::array<Anchor, kDetectorAnchorCount> make_anchors() {
  std::array<Anchor, kDetectorAnchorCount> anchors{};
  std::size_t next = 0;
  for (const Layer& layer : kLayers) {
    for (int row = 0; row < layer.grid; ++row) {
      for (int column = 0; column < layer.grid; ++column) {
        const Anchor anchor{(static_cast<float>(column) + 0.5F) / static_cast<float>(layer.grid),
                            (static_cast<float>(row) + 0.5F) / static_cast<float>(layer.grid)};
        for (int box = 0; box < layer.boxes_per_cell; ++box) anchors[next++] = anchor;
      }
    }
  }
  return anchors;
}

}  // namespace

const std::array<Anchor, kDetectorAnchorCount>& pose_detector_anchors() {
  static constexpr auto kAnchors = make_anchors();
  return kAnchors;
}

}  // namespace reprise::engine
