// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/kinematics/view.h"
#include "engine/pose/landmarks.h"
#include "engine/signal/resample.h"

namespace reprise::engine {

/// Defaults are unsourced.
struct WalkingPassOptions {
  int width_px = 0;  ///< of the picture; 0: not known, or no pixels
  int height_px = 0;
  bool treadmill = false;    ///< the person walks on the spot
  Seconds max_gap{0.25};     ///< between frames with the person; longer ends a pass
  Seconds shortest{1};       ///< of a pass
  double min_speed = 0.3;    ///< of the hips through the picture, in trunk lengths a second
  double max_jump = 1.2;     ///< of the hips between frames, in trunk lengths: more is another person
  double max_stretch = 1.5;  ///< of the trunk between frames: more is another person
};

/// Frames in which a person moves through the picture one way, or walks on the spot, wholly in view.
struct WalkingPass {
  SampleRange frames;  ///< of the recording
  View view = View::side;
  int direction = 1;  ///< to the picture's right, or -1: to its left; of a side view
  double speed = 0;   ///< of the hips through the picture, in trunk lengths a second
  double growth = 1;  ///< of the trunk from the pass' first fifth to its last
};

/// Why frames are in no pass.
struct WalkingPasses {
  std::vector<WalkingPass> passes;
  std::size_t with_person = 0;
  std::size_t feet_outside = 0;  ///< frames in which a foot lies outside the picture
  std::size_t head_outside = 0;
  std::size_t feet_hidden = 0;  ///< inside, but not seen
  std::size_t bent = 0;         ///< the trunk leans by more than 45 degrees in the picture
  std::size_t standing = 0;     ///< wholly in view, but the hips stay in place
};

/// Finds the passes of a recording in order. A pass ends where the person leaves the picture, is not seen,
/// turns round, or where another person is taken for this one. Without pixels, meters from mid-hips tell of
/// no travel, and the person counts as walking on the spot. Who comes towards the camera, or goes away, is
/// found by growing and shrinking in the picture. Who walks past is seen from the side only within 20 degrees
/// of square and while hardly growing; else obliquely.
[[nodiscard]] WalkingPasses find_walking_passes(std::span<const PoseFrame> frames,
                                                const WalkingPassOptions& options = {});

}  // namespace reprise::engine
