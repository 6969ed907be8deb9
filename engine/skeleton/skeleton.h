// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>
#include <array>
#include <cstdint>
#include <span>

#include "engine/pose/landmarks.h"
#include "engine/skeleton/dof.h"
#include "engine/skeleton/shape.h"

namespace reprise::engine {

/// Rigid parts; each has x forward, y up and z to the person's right in neutral standing (ISB axes).
enum class Segment : std::uint8_t {
  pelvis,
  trunk,
  head,
  left_thigh,
  left_shank,
  left_foot,
  left_upper_arm,
  left_forearm,
  left_hand,
  right_thigh,
  right_shank,
  right_foot,
  right_upper_arm,
  right_forearm,
  right_hand,
};
inline constexpr std::size_t kSegmentCount = 15;

/// A body in a posture. Everything is in the axes that `root` turned the pelvis into; meters from the middle
/// of the hips.
struct PosedBody {
  std::array<Eigen::Matrix3d, kSegmentCount> turned;  ///< columns: the segment's x, y and z
  PerLandmark<Eigen::Vector3d> point_m;
  std::array<Eigen::Vector3d, kDofCount> axis;     ///< unit or, in the shoulder, a sixth longer at most
  std::array<Eigen::Vector3d, kDofCount> pivot_m;  ///< a point of that axis

  [[nodiscard]] const Eigen::Matrix3d& of(Segment s) const { return turned[static_cast<std::size_t>(s)]; }
};

/// Forward kinematics: segments of constant length, the trunk as one piece that turns on the pelvis at the
/// middle of the hips. Orders: flexion, then sideways, then about the long axis; shoulder as in dof.h.
/// `root`: the pelvis; the pelvis movements of `posture` are not looked at (`pelvis_turned` makes a root of
/// them).
[[nodiscard]] PosedBody pose_body(const BodyShape& shape, const Eigen::Matrix3d& root,
                                  const Posture& posture);

/// The pelvis in a room of ISB axes: turned, then listed, then tilted.
[[nodiscard]] Eigen::Matrix3d pelvis_turned(const Posture& posture);
/// The reverse: fills in pelvis tilt, list and rotation. On one side (list near 90 degrees) tilt and rotation
/// run into one, and rotation is 0.
void read_pelvis(const Eigen::Matrix3d& pelvis, Posture& posture);

/// The movements that move a landmark, from the pelvis outwards, without those of the pelvis.
[[nodiscard]] std::span<const Dof> chain_of(Landmark landmark);

/// How a point moves with one of its chain's movements: meters a radian.
[[nodiscard]] Eigen::Vector3d velocity(const PosedBody& body, Landmark landmark, Dof dof);

inline constexpr std::size_t kLengthCount = 14;
/// The shape's lengths in meters, in the order of Proportions, and back.
[[nodiscard]] std::array<double, kLengthCount> lengths_m(const BodyShape& shape);
[[nodiscard]] BodyShape shape_from_lengths(const std::array<double, kLengthCount>& lengths_m, Meters stature);

/// A point as a sum of lengths: column j is how it moves with length j. `point_m` = this times `lengths_m`.
using LengthColumns = Eigen::Matrix<double, 3, static_cast<int>(kLengthCount)>;
[[nodiscard]] LengthColumns length_columns(const PosedBody& body, Landmark landmark);

}  // namespace reprise::engine
