// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>

#include "engine/inverse_kinematics/block_band.h"
#include "engine/inverse_kinematics/network_landmarks.h"

namespace reprise::engine {

/// The landmarks that a trajectory fit looks at.
inline constexpr std::array kSeenLandmarks = {
    Landmark::left_shoulder, Landmark::right_shoulder, Landmark::left_elbow,      Landmark::right_elbow,
    Landmark::left_wrist,    Landmark::right_wrist,    Landmark::left_hip,        Landmark::right_hip,
    Landmark::left_knee,     Landmark::right_knee,     Landmark::left_ankle,      Landmark::right_ankle,
    Landmark::left_heel,     Landmark::right_heel,     Landmark::left_foot_index, Landmark::right_foot_index};
inline constexpr std::size_t kSeenCount = kSeenLandmarks.size();
/// Of the first landmark of the feet in `kSeenLandmarks`; all from there on are of the feet's soles.
inline constexpr std::size_t kFirstOfSoles = 12;
/// Where a landmark stands in `kSeenLandmarks`.
[[nodiscard]] std::size_t seen_index(Landmark landmark);

/// Where the body puts a landmark before the camera, in meters, and how that moves with the unknowns. A
/// length's unknown is its logarithm.
struct SeenLandmark {
  Eigen::Vector3d point_m;
  Eigen::Matrix<double, 3, kFrameSize> by_frame;
  Eigen::Matrix<double, 3, kSharedSize> by_shared;
};
using SeenBody = std::array<SeenLandmark, kSeenCount>;

/// How far the body's landmarks lie from where the picture shows them, meters at the person's distance; 0
/// where they are not seen. In the order of `kSeenLandmarks`.
using Misses = std::array<float, kSeenCount>;

/// `offsets`: of the landmarks as their source sees them; none where they are the joints' centers.
[[nodiscard]] SeenBody see_body(const BodyShape& shape, const BodyState& state,
                                std::span<const LandmarkOffset> offsets);

}  // namespace reprise::engine
