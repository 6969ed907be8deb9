// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>

#include "engine/pose/landmarks.h"

namespace reprise::engine {

// Where parts of a person are in the picture, in pixels. Precondition of all: the pose has picture positions.

[[nodiscard]] inline Eigen::Vector2d at_px(const Pose& pose, Landmark l) {
  return {(*pose.image)[l].x_px, (*pose.image)[l].y_px};
}

/// Midway between a landmark of the left side and that of the right.
[[nodiscard]] inline Eigen::Vector2d middle_px(const Pose& pose, Landmark left) {
  return (at_px(pose, left) + at_px(pose, mirrored(left))) / 2;
}

/// From the middle of the shoulders to that of the hips.
[[nodiscard]] inline double trunk_px(const Pose& pose) {
  return (middle_px(pose, Landmark::left_shoulder) - middle_px(pose, Landmark::left_hip)).norm();
}

}  // namespace reprise::engine
