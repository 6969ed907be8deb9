// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "base/result.h"
#include "engine/pose/heatmap_refinement.h"
#include "engine/pose/landmarks.h"
#include "engine/pose/networks.h"
#include "engine/pose/region_of_interest.h"

namespace reprise::engine {

/// One person as the landmark network saw them in one picture, before smoothing.
struct LandmarkReading {
  Pose pose;          ///< `pose.image` is always set
  ImagePoint center;  ///< middle of the hips, steadier than the hip landmarks: middle of the next region
  ImagePoint circle;  ///< point on the circle around the body, in the direction of the head
};

/// Half the diameter of the circle around the body, pixels.
[[nodiscard]] double body_radius_px(const LandmarkReading& reading);

/// The region of interest of the next picture.
[[nodiscard]] RegionOfInterest region_around(const LandmarkReading& reading);

/// Turns the landmark network's raw output into pixels of the picture and meters along the camera's axes.
/// `region`: the square that the network was shown. Depth is scaled like x; visibility is the sigmoid of its
/// logit; world landmarks are turned by the region's rotation. Fails with `corrupt` where a tensor has the
/// wrong size or holds numbers that are not finite. Presence is the caller's matter.
[[nodiscard]] Result<LandmarkReading> decode_landmarks(const LandmarkOutput& output,
                                                       const RegionOfInterest& region,
                                                       const HeatmapRefinementOptions& options = {});

}  // namespace reprise::engine
