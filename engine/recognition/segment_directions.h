// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>
#include <array>

#include "engine/pose/landmarks.h"

namespace reprise::engine {

/// What a posture is compared by: lines of the body, whose directions do not depend on proportions.
enum class BodyLine : std::uint8_t {
  trunk,  ///< mid-hips to mid-shoulders
  neck,   ///< mid-shoulders to mid-ears
  face,   ///< mid-ears to nose
  shoulders,
  hips,
  left_upper_arm,
  right_upper_arm,
  left_forearm,
  right_forearm,
  left_hand,
  right_hand,
  left_thigh,
  right_thigh,
  left_shank,
  right_shank,
  left_foot,
  right_foot,
};
inline constexpr std::size_t kBodyLineCount = 17;

template <class Value>
using PerBodyLine = std::array<Value, kBodyLineCount>;

/// The landmarks between whose middles a line runs; `from[0] == from[1]` where it begins at a single one.
struct LineEnds {
  std::array<Landmark, 2> from;
  std::array<Landmark, 2> to;
};
[[nodiscard]] const LineEnds& ends_of(BodyLine line);

struct SegmentDirections {
  PerBodyLine<Eigen::Vector3f>
      direction;            ///< of length 1, axes of the points; 0 where the line has no length
  PerBodyLine<float> seen;  ///< 0 to 1: the least visibility of its ends; 0 below kMinVisibility
};

[[nodiscard]] SegmentDirections segment_directions(const PerLandmark<Eigen::Vector3d>& points,
                                                   const PerLandmark<double>& visibility);

}  // namespace reprise::engine
