// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "engine/kinematics/measure.h"
#include "engine/pose/landmarks.h"

// Turns that can be seen although landmarks lie on joints: where a second line of points (the ears and the
// face, shoulders against hips, the forearm of a bent elbow, the knuckles) points out which way a segment
// faces. Zero positions and signs: docs/reference/frames-and-units.md. Radians; empty where the points do not
// tell.
namespace reprise::engine {

/// Face against the trunk, forward positive.
[[nodiscard]] std::optional<double> neck_flexion(const Pose& pose);
/// Line of ears and eyes against the trunk, towards `side` positive. From the picture where there is one, and
/// then only from within 45 degrees of in front or behind: the network's meters tilt the ears by 15 degrees
/// and halve the movement (docs/accuracy.md). Out of the trunk's transverse plane where there are only
/// meters.
[[nodiscard]] std::optional<double> neck_lateral_flexion(const Pose& pose, Side side);
/// Face against the trunk about the trunk's long axis, to `side` positive.
[[nodiscard]] std::optional<double> neck_rotation(const Pose& pose, Side side);
/// Shoulders against hips about the trunk's long axis, to `side` positive.
[[nodiscard]] std::optional<double> trunk_rotation(const Pose& pose, Side side);
/// Forearm out from straight ahead. Empty unless the elbow is bent by 60 to 120 degrees and the upper arm
/// hangs within 45 degrees: otherwise the forearm does not point where the upper arm is turned to.
[[nodiscard]] std::optional<double> shoulder_external_rotation(const Pose& pose, Side side);
/// Hand against the forearm in the plane that the palm faces, towards the palm positive.
[[nodiscard]] std::optional<double> wrist_flexion(const Pose& pose, Side side);

}  // namespace reprise::engine
