// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>
#include <vector>

#include "engine/pose/landmarks.h"

namespace reprise::engine {

/// Where one of several cameras stands: a point of the fit's axes is `rotation * point + translation_m` in
/// the camera's own (x right, y down, z away).
struct RigView {
  Eigen::Matrix3d rotation = Eigen::Matrix3d::Identity();
  Eigen::Vector3d translation_m = Eigen::Vector3d::Zero();

  [[nodiscard]] Eigen::Vector3d in_camera(const Eigen::Vector3d& point_m) const {
    return rotation * point_m + translation_m;
  }
};

/// What one camera shows at one moment, without the lens' distortion.
struct SeenSlopes {
  PerLandmark<Eigen::Vector2d> slope;  ///< x/z and y/z in the camera's axes
  PerLandmark<double> visibility;      ///< 0 to 1; 0 where the camera does not see it

  SeenSlopes() {
    for (Eigen::Vector2d& one : slope) one.setZero();
  }
};

/// What several cameras show of one movement, at the moments of a recording's frames.
struct RigRays {
  std::vector<RigView> views;
  std::vector<std::vector<SeenSlopes>> frames;  ///< [frame][view]
};

}  // namespace reprise::engine
