// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/inverse_kinematics/rig_rays.h"

namespace reprise::engine {

/// The same point as two cameras see it: slopes x/z and y/z.
struct SlopePair {
  Eigen::Vector2d first;
  Eigen::Vector2d second;
};

struct RelativePose {
  RigView second;      ///< in the first camera's axes; its translation has length 1
  double inliers = 0;  ///< share of the pairs whose rays meet within the tolerance
  double cost = 0;     ///< mean of the squared distances in tolerances, each at most 1
};

/// Finds how the second camera stands to the first from at least 8 points that both see: the essential matrix
/// by eight points at a time, the best of many seeded draws, again from all that fit it, and of its four
/// poses the one with most points before both lenses. `tolerance`: slope, of the distance from the epipolar
/// line. nullopt: fewer points, or no pose with half of the points before both.
[[nodiscard]] std::optional<RelativePose> relative_pose(std::span<const SlopePair> pairs, double tolerance,
                                                        std::uint64_t seed = 1);

}  // namespace reprise::engine
