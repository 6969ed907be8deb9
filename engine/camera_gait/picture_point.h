// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>

#include "engine/pose/landmarks.h"

namespace reprise::engine {

/// A point in the plane of the picture, x to the right and y down: pixels where the pose has them, else
/// meters from mid-hips.
struct PlanePoint {
  double x = 0;
  double y = 0;
};

[[nodiscard]] inline PlanePoint plane_point(const Pose& pose, Landmark landmark) {
  if (pose.image) return {(*pose.image)[landmark].x_px, (*pose.image)[landmark].y_px};
  return {pose.world_m[landmark].v.x(), pose.world_m[landmark].v.y()};
}

[[nodiscard]] inline PlanePoint middle(PlanePoint a, PlanePoint b) {
  return {(a.x + b.x) / 2, (a.y + b.y) / 2};
}

[[nodiscard]] inline PlanePoint plane_mid_hips(const Pose& pose) {
  return middle(plane_point(pose, Landmark::left_hip), plane_point(pose, Landmark::right_hip));
}

/// From mid-shoulders to mid-hips.
[[nodiscard]] inline double plane_trunk(const Pose& pose) {
  const PlanePoint hips = plane_mid_hips(pose);
  const PlanePoint shoulders =
      middle(plane_point(pose, Landmark::left_shoulder), plane_point(pose, Landmark::right_shoulder));
  return std::hypot(shoulders.x - hips.x, shoulders.y - hips.y);
}

}  // namespace reprise::engine
