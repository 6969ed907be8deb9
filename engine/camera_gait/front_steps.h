// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "base/result.h"
#include "base/side.h"
#include "engine/pose/landmarks.h"

namespace reprise::engine {

/// A foot's swing as the camera sees it from in front or behind: its ankle rises above the other.
struct FrontSwing {
  Side side = Side::left;
  Seconds middle{0};    ///< when the ankle is highest above the other
  double lift = 0;      ///< of it, in leg lengths
  Radians hip_drop{0};  ///< of the swinging side's hip below the other, against `hip_tilt` of the pass
};

/// How far the left hip lies below the right one in the plane of the picture, the median of all frames: of a
/// camera held askew, or of a pelvis that never is level.
[[nodiscard]] Radians hip_tilt(std::span<const PoseFrame> frames);

/// Swings of both feet in order of time, a pass of one who comes or goes. Where two of one foot follow each
/// other, the higher one stays. Errors: nothing_measured (too short).
[[nodiscard]] Result<std::vector<FrontSwing>> find_front_swings(std::span<const PoseFrame> frames);

}  // namespace reprise::engine
