// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstdlib>

#include "sensing/landmarks/landmark_recording.h"

namespace reprise {

/// What every reader promises, whatever the bytes were: aborts where a recording breaks it.
inline void check_promises(const sensing::LandmarkRecording& recording) {
  const auto must = [](bool holds) {
    if (!holds) std::abort();
  };
  must(!recording.frames.empty() && recording.frames.size() <= sensing::kMaxLandmarkFrames);
  must(recording.source.has_world != recording.source.world_from_image);
  bool any = false;
  for (std::size_t f = 0; f < recording.frames.size(); ++f) {
    const engine::PoseFrame& frame = recording.frames[f];
    must(std::isfinite(frame.time.value()));
    must(f == 0 || frame.time > recording.frames[f - 1].time);
    if (!frame.pose) continue;
    any = true;
    for (std::size_t i = 0; i < engine::kLandmarkCount; ++i) {
      must(frame.pose->world_m[i].v.allFinite());
      must(frame.pose->visibility[i] >= 0 && frame.pose->visibility[i] <= 1);
      if (!frame.pose->image) continue;
      const engine::ImagePoint& p = (*frame.pose->image)[i];
      must(std::isfinite(p.x_px) && std::isfinite(p.y_px) && std::isfinite(p.z_px));
    }
  }
  must(any);
}

}  // namespace reprise
