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

/// A line through the body whose depth the network states: from the middle of two landmarks to the middle of
/// two others (a single landmark stands twice).
struct DepthLine {
  std::array<Landmark, 2> from;
  std::array<Landmark, 2> to;
  double share;      ///< of a line's true depth that the network shows
  double forward;    ///< what it adds, as a share of the stature, to a person who faces the camera
  double deviation;  ///< of what it shows from that, as a share of the stature
};
[[nodiscard]] std::span<const DepthLine> network_depth_lines();

/// Proportions of people as the networks' shoulders, elbows and wrists show them.
[[nodiscard]] Proportions network_proportions();

}  // namespace reprise::engine
