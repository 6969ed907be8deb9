// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>

#include "base/units.h"

namespace reprise::engine {

/// A square in the picture, turned with the person: pixels, x right, y down, the origin at the outer corner
/// of the top left pixel (so that pixel (0, 0) has its middle at (0.5, 0.5)).
struct RegionOfInterest {
  Eigen::Vector2d center_px = Eigen::Vector2d::Zero();
  double side_px = 0;
  Radians rotation;  ///< clockwise as seen in the picture, in [-pi, pi)
};

/// The square around a whole picture, its shorter side padded equally on both ends: what the detector sees.
[[nodiscard]] RegionOfInterest whole_picture(int width, int height);

/// The square that holds a person, turned so that the body stands upright in it. `center_px`: middle of the
/// hips; `circle_px`: the point on the circle around the body, in the direction of the head. The side is the
/// circle's diameter times 1.25, the margin that the landmark network was trained with (PoseDetectionToRoi in
/// the graph of npm `@mediapipe/pose` 0.5.1675469404).
[[nodiscard]] RegionOfInterest region_around_person(const Eigen::Vector2d& center_px,
                                                    const Eigen::Vector2d& circle_px);

/// From shares (0 to 1) of the square, before its rotation, to pixels of the picture.
[[nodiscard]] Eigen::Vector2d to_picture(const RegionOfInterest& region, const Eigen::Vector2d& share);

/// True where all values are finite and the square has an area.
[[nodiscard]] bool is_usable(const RegionOfInterest& region);

}  // namespace reprise::engine
