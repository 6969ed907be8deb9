// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "engine/posture/posture_points.h"
#include "engine/scene/framing.h"

namespace reprise::engine {

/// Turned farther than this from the view, a picture is refused; farther than kTurnedFromView, it is named.
/// Unsourced defaults.
inline constexpr Degrees kMostTurnedFromView{30};
inline constexpr Degrees kTurnedFromView{10};

struct AutomaticPoints {
  std::vector<PlacedPoint> points;
  std::vector<FramedPart>
      outside;  ///< parts of the body beyond the edge of the picture: their points are left out
  std::optional<Radians> turned;  ///< how far the person is turned from the view; empty: cannot be told
};

/// How a picture was taken, as far as its points depend on it.
struct PictureFacts {
  PostureView view = PostureView::front;
  double width_px = 0;
  double height_px = 0;
  bool roll_known = false;
  bool mirrored = false;  ///< networks then take left for right
};

/// Returns the points of a view that the networks saw. Errors: nothing_measured (the pose has no picture
/// positions, or no point is in the picture), unsupported (the person is turned by more than
/// kMostTurnedFromView from the view; the picture is tilted and the roll is not known).
[[nodiscard]] Result<AutomaticPoints> automatic_points(const Pose& pose, const PictureFacts& picture);

/// Returns the mean of the picture positions of a person who stands still, the rest as in the middle of the
/// frames. Errors: nothing_measured (no person with picture positions), unsupported (the hips or shoulders
/// move by more than 2 % of the person's height: unsourced default).
[[nodiscard]] Result<Pose> still_pose(std::span<const PoseFrame> frames);

}  // namespace reprise::engine
