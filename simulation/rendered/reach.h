// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>

#include "base/side.h"
#include "engine/skeleton/dof.h"
#include "simulation/rendered/rig_pose.h"

namespace reprise::simulation::rendered {

/// Where a person stands who faces `heading` about the vertical: 0 along x, positive towards -z (to the
/// person's left). Meters, room axes; the middle of the ankles is at `place`.
struct Footing {
  Eigen::Vector3d place{0, 0, 0};
  double heading = 0;  ///< radians
};

/// Turns and moves a pose that was drawn at the origin, facing x.
void stand(RigPose& pose, const Footing& footing);

/// A person who stands and reaches for something with one hand: stoops, bends the knees, moves that arm.
struct Reach {
  engine::Posture posture;
  double gap_m = 0;  ///< what the palm stays away from the target
};

/// The middle of the palm: between the wrist and the knuckles.
[[nodiscard]] Eigen::Vector3d palm_of(const Figure& figure, const RigPose& pose, Side hand);

/// The standing posture near `from` that brings the palm of `hand` to `target_m`, room axes: damped least
/// squares over trunk, knees and the arm, each within what joints allow (unsourced defaults).
[[nodiscard]] Reach reach_for(const Figure& figure, const Footing& footing, const engine::Posture& from,
                              Side hand, const Eigen::Vector3d& target_m);

}  // namespace reprise::simulation::rendered
