// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>
#include <optional>
#include <span>
#include <vector>

#include "engine/inverse_kinematics/rig_rays.h"

namespace reprise::engine {

/// A point as one camera sees it.
struct SeenRay {
  std::size_t view = 0;   ///< index of the camera
  Eigen::Vector2d slope;  ///< x/z and y/z in its axes, without distortion
  double weight = 1;      ///< above 0, at most 1: how surely it is seen
};

struct TriangulationOptions {
  double deviation_m = 0.025;  ///< believed of a ray, at the point's distance
  double most_error_m = 0.12;  ///< a camera farther off than that is left out. Unsourced default
  double most_spread_m = 0.3;  ///< largest deviation of a point that is still believed. Unsourced default
};

struct TriangulatedPoint {
  Eigen::Vector3d point_m;
  Eigen::Matrix3d covariance_m2;  ///< by the believed deviations of the rays
  double error_m = 0;             ///< root mean square distance from the rays that were used
  std::vector<bool> used;         ///< beside the rays
};

/// Finds the point that lies nearest to the rays of two or more cameras: weighted direct linear
/// transformation, then Gauss-Newton on the distances in the pictures. While a camera is too far off and more
/// than two are left, the one whose loss helps most is left out. nullopt: fewer than two rays, rays that
/// are nearly parallel, that meet behind a lens, or that do not meet (of two cameras it cannot be told which
/// one errs).
[[nodiscard]] std::optional<TriangulatedPoint> triangulate(std::span<const RigView> views,
                                                           std::span<const SeenRay> rays,
                                                           const TriangulationOptions& options = {});

/// The shortest distance between two rays ahead of their lenses, meters; that of the lenses where they part.
[[nodiscard]] double ray_gap_m(const RigView& a, const Eigen::Vector2d& slope_a, const RigView& b,
                               const Eigen::Vector2d& slope_b);

}  // namespace reprise::engine
