// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "base/frames.h"
#include "engine/pose/landmarks.h"

namespace reprise::engine {

/// Unit axes of a body part, expressed in camera axes; ISB order: forward, up, to the person's right.
struct BodyAxes {
  Vec3<Camera> forward;
  Vec3<Camera> up;
  Vec3<Camera> right;
};

/// The camera's vertical, upwards. Gravity, if the camera stands level.
[[nodiscard]] inline Vec3<Camera> camera_up() {
  return {0, -1, 0};
}

/// Axes fixed to the trunk: up runs from mid-hips to mid-shoulders, right follows the shoulders.
/// Empty where the points coincide.
[[nodiscard]] std::optional<BodyAxes> trunk_axes(const Pose& pose);

/// Axes that stay upright while the trunk leans: up is the camera's, right follows hips and shoulders
/// horizontally. Empty where the person's left-right line is steeper than 60 degrees (lying on one side).
[[nodiscard]] std::optional<BodyAxes> heading_axes(const Pose& pose);

[[nodiscard]] Vec3<Camera> mid_hips(const Pose& pose);
[[nodiscard]] Vec3<Camera> mid_shoulders(const Pose& pose);

}  // namespace reprise::engine
