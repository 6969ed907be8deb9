// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "base/result.h"
#include "engine/cameras/fuse.h"

namespace reprise::engine {

/// Cameras that were placed by the person who moves before them.
struct MotionCalibration {
  std::vector<CameraModel> cameras;
  std::vector<double> inliers;  ///< of each camera but the first: share of landmarks that fit the found pose
  double error_px = 0;          ///< root mean square of the landmarks' distances from their rays
};

/// Finds where cameras stand from a moving person of known stature. `tracks`: their models hold the lenses,
/// as assumed or known; places and turns are found: each camera's against the first by the essential matrix,
/// then all together with every landmark's place, focal lengths near the assumed ones and segments of
/// constant length (bundle adjustment), the size by the stature that these segments belong to. The first
/// camera stands level, which gives the vertical; the room's origin is below it on the floor, its y ahead.
/// Errors: nothing_measured (no common moments, a movement or a placement that does not tell where the
/// cameras stand, rays that do not meet).
[[nodiscard]] Result<MotionCalibration> calibrate_from_motion(std::span<const CameraTrack> tracks,
                                                              Meters stature);

/// How badly two recordings fit together at the tracks' lags, 0 to 1: the cost of the best pose between them.
[[nodiscard]] double epipolar_cost(const CameraTrack& first, const CameraTrack& second);

}  // namespace reprise::engine
