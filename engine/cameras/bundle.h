// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "engine/inverse_kinematics/rig_rays.h"

namespace reprise::engine {

/// Cameras and a person's landmarks, found together. The first camera stays where it is; lengths have no unit
/// until the person's stature is known.
struct BundleProblem {
  RigRays rays;                   ///< slopes by the assumed focal lengths; its own views are not looked at
  std::vector<RigView> views;     ///< in the first camera's axes: a first guess, then the result
  std::vector<double> log_focal;  ///< of each camera's focal length over the assumed one
  std::vector<PerLandmark<std::optional<Eigen::Vector3d>>> points;  ///< by frame; found
  double error_slope = 0;  ///< root mean square of the slopes' distances; found
};

/// Levenberg-Marquardt over places, turns and focal lengths of the cameras, the landmarks of each frame and
/// the lengths of the segments between them, which are the same in all frames and on both sides. Robust
/// (Cauchy). False: too few landmarks that two cameras see, or equations that cannot be solved.
[[nodiscard]] bool adjust(BundleProblem& problem);

}  // namespace reprise::engine
