// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>
#include <array>
#include <cstddef>
#include <vector>

#include "engine/inverse_kinematics/solve_frame.h"
#include "engine/skeleton/skeleton.h"

namespace reprise::engine {

/// The movements that a trajectory fit solves for; hands and head stay as the fit of each frame found them.
inline constexpr std::array kTrajectoryDofs = {Dof::trunk_flexion,
                                               Dof::trunk_lateral_flexion,
                                               Dof::trunk_rotation,
                                               Dof::left_hip_flexion,
                                               Dof::left_hip_abduction,
                                               Dof::left_hip_rotation,
                                               Dof::left_knee_flexion,
                                               Dof::left_ankle_dorsiflexion,
                                               Dof::left_subtalar_inversion,
                                               Dof::left_scapular_elevation,
                                               Dof::left_shoulder_flexion,
                                               Dof::left_shoulder_abduction,
                                               Dof::left_shoulder_rotation,
                                               Dof::left_elbow_flexion,
                                               Dof::right_hip_flexion,
                                               Dof::right_hip_abduction,
                                               Dof::right_hip_rotation,
                                               Dof::right_knee_flexion,
                                               Dof::right_ankle_dorsiflexion,
                                               Dof::right_subtalar_inversion,
                                               Dof::right_scapular_elevation,
                                               Dof::right_shoulder_flexion,
                                               Dof::right_shoulder_abduction,
                                               Dof::right_shoulder_rotation,
                                               Dof::right_elbow_flexion};

/// Unknowns of one frame: turn of the pelvis (3, radians about the camera's axes), place of the mid-hips (3,
/// meters before the lens), movements.
inline constexpr std::size_t kFrameUnknowns = 6 + kTrajectoryDofs.size();

/// The lengths, as indices of `Proportions`, that one shared unknown scales.
struct LengthGroup {
  std::array<std::size_t, 3> lengths;
  std::size_t count;
};
inline constexpr std::array<LengthGroup, 8> kLengthGroups = {{{{0}, 1},        // shank
                                                              {{1}, 1},        // thigh
                                                              {{2, 3, 4}, 3},  // foot
                                                              {{5}, 1},        // half hips
                                                              {{6}, 1},        // trunk
                                                              {{7}, 1},        // half shoulders
                                                              {{8}, 1},        // upper arm
                                                              {{9}, 1}}};      // forearm
/// Shared by all frames: the logarithm of each group's length and of the focal length.
inline constexpr std::size_t kFocalUnknown = kLengthGroups.size();
inline constexpr std::size_t kSharedUnknowns = kFocalUnknown + 1;

using FrameVector = Eigen::Matrix<double, static_cast<int>(kFrameUnknowns), 1>;
using SharedVector = Eigen::Matrix<double, static_cast<int>(kSharedUnknowns), 1>;

/// A recording as one movement of one body before one camera. Here `BodyState::mid_hips` is the place before
/// the lens.
struct Trajectory {
  std::vector<BodyState> states;
  BodyShape shape;
  Pinhole pinhole;
};

/// The trajectory after a step of all its unknowns.
[[nodiscard]] Trajectory moved(const Trajectory& trajectory, const std::vector<FrameVector>& frame_steps,
                               const SharedVector& shared_step);

}  // namespace reprise::engine
