// SPDX-License-Identifier: Apache-2.0
#include "engine/repetitions/point_frames.h"

namespace reprise::engine {

std::vector<PointFrame> point_frames(std::span<const PoseFrame> frames) {
  std::vector<PointFrame> points;
  for (const PoseFrame& frame : frames) {
    auto& out = points.emplace_back();
    if (!frame.pose) continue;
    out.emplace();
    for (std::size_t i = 0; i < kLandmarkCount; ++i) {
      if (frame.pose->image) {
        const ImagePoint& p = (*frame.pose->image)[i];
        (*out)[i] = {p.x_px, p.y_px, p.z_px};
      } else {
        (*out)[i] = frame.pose->world_m[i].v;
      }
    }
  }
  return points;
}

}  // namespace reprise::engine
