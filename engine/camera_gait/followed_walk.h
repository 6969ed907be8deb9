// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "base/result.h"
#include "engine/camera_gait/camera_strides.h"

namespace reprise::engine {

/// One pass from the side, with the legs told apart.
struct FollowedWalk {
  std::vector<PoseFrame> frames;
  LegTracks tracks;
  std::vector<FootEvent> events;
  CameraStrides strides;
};

/// Untangles the legs of a pass, follows them, and finds contacts and strides. Legs are told apart with
/// several weights in turn, until the contacts go from side to side in steps that are about alike; where none
/// does, the walk with the fewest breaks of that rule stays. `direction`, `travels`: of the pass. Errors: as
/// track_legs.
[[nodiscard]] Result<FollowedWalk> follow_walk(std::span<const PoseFrame> frames, int direction, bool travels,
                                               bool network_landmarks = false,
                                               const ContactOptions& options = {});

}  // namespace reprise::engine
