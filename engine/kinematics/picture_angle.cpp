// SPDX-License-Identifier: Apache-2.0
#include "engine/kinematics/picture_angle.h"

#include <Eigen/Core>
#include <cmath>

namespace reprise::engine {

std::optional<Radians> shoulder_flexion_in_picture(const Pose& pose, Side side, Radians facing) {
  if (!pose.image) return std::nullopt;
  const auto at = [&](Landmark landmark) {
    const ImagePoint& point = (*pose.image)[landmark];
    return Eigen::Vector2d{point.x_px, point.y_px};
  };
  const bool left = side == Side::left;
  const Eigen::Vector2d trunk = 0.5 * (at(Landmark::left_hip) + at(Landmark::right_hip) -
                                       at(Landmark::left_shoulder) - at(Landmark::right_shoulder));
  const Eigen::Vector2d arm = at(left ? Landmark::left_elbow : Landmark::right_elbow) -
                              at(left ? Landmark::left_shoulder : Landmark::right_shoulder);
  constexpr double kShortestPx = 1;
  if (!(trunk.norm() > kShortestPx && arm.norm() > kShortestPx)) return std::nullopt;
  const double turned = trunk.x() * arm.y() - trunk.y() * arm.x();  // clockwise in the picture
  const double forward = std::sin(facing.value()) > 0 ? -turned : turned;
  const double angle = std::atan2(forward, trunk.dot(arm));
  return Radians{angle < -kPi / 2 ? angle + 2 * kPi : angle};  // an arm that passes overhead
}

}  // namespace reprise::engine
