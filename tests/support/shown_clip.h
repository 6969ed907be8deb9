// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <vector>

#include "wasm/filmed_clips.h"

namespace reprise::wasm {

/// Shows frames to clips as a page does, and ends the clip.
inline void show(FilmedClips& clips, const std::vector<engine::PoseFrame>& frames, const SetFacts& facts) {
  for (const engine::PoseFrame& frame : frames) {
    if (!frame.pose) {
      ASSERT_TRUE(clips.step(frame.time, Seen::no_person));
      continue;
    }
    FrameNumbers& numbers = clips.next_frame();
    for (std::size_t l = 0; l < engine::kLandmarkCount; ++l) {
      for (std::size_t axis = 0; axis < 3; ++axis)
        numbers.world_m[3 * l + axis] = frame.pose->world_m[l].v[static_cast<Eigen::Index>(axis)];
      if (frame.pose->image) {
        const engine::ImagePoint& point = (*frame.pose->image)[l];
        numbers.image_px[3 * l] = point.x_px;
        numbers.image_px[3 * l + 1] = point.y_px;
        numbers.image_px[3 * l + 2] = point.z_px;
      }
      numbers.visibility[l] = frame.pose->visibility[l];
    }
    ASSERT_TRUE(clips.step(frame.time, frame.pose->image ? Seen::and_image : Seen::world));
  }
  clips.end_clip(facts);
}

}  // namespace reprise::wasm
