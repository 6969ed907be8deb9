// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>
#include <array>
#include <span>

#include "engine/pose/landmarks.h"
#include "engine/skeleton/skeleton.h"

namespace reprise::engine {

/// Where the pose networks put a landmark beside the joint's center, a part that goes with one segment:
/// forward, up and to the outside, as shares of the stature. Written for the left. Learned on rendered
/// people, whose joints are those of a rig.
struct LandmarkOffset {
  Landmark left;
  Segment segment;
  Eigen::Vector3d share;
};
[[nodiscard]] std::span<const LandmarkOffset> network_offsets();
/// The same for several cameras, which show them in space: knees, ankles and feet, too. Without those to the
/// outside, since a body's widths are fitted. Learned on rendered walkers (tests/revalidation/
/// camera_errors.mjs).
[[nodiscard]] std::span<const LandmarkOffset> network_offsets_in_space();

/// A line through the body whose depth the network states: from the middle of two landmarks to the middle of
/// two others (a single landmark stands twice).
struct DepthLine {
  std::array<Landmark, 2> from;
  std::array<Landmark, 2> to;
  /// What the network shows of a person who faces the camera (1, squarely) or shows the back (-1).
  struct Shown {
    double share;    ///< of the line's true depth
    double forward;  ///< added to it, as a share of the stature, times how far the person faces the camera
  };
  Shown front;
  Shown back;
  double deviation;  ///< of the shown depth from that, as a share of the stature
};
/// Shares and `forward` by least squares on rendered people; deviations near theirs, chosen by the angles'
/// errors (docs/accuracy.md).
[[nodiscard]] std::span<const DepthLine> network_depth_lines();
/// What the network shows of a line of one who faces the camera by `facing`, -1 to 1: shares in proportion.
/// `forward` of the result is complete.
[[nodiscard]] DepthLine::Shown shown_at(const DepthLine& line, double facing);

/// Proportions of people as the networks' shoulders, elbows and wrists show them.
[[nodiscard]] Proportions network_proportions();

}  // namespace reprise::engine
