// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "engine/inverse_kinematics/trajectory_terms.h"

namespace reprise::engine {

struct TrajectoryFitOptions {
  Pinhole pinhole;  ///< its focal length is where the search begins
  /// Landmarks are those of a pose network: hips, depths and proportions are corrected as its errors were
  /// found (network_landmarks.h). Otherwise they are joint centers, and their depths are as good as they say.
  bool network_landmarks = false;
  TrajectoryBeliefs beliefs = {};
  int max_steps = 12;
  /// Where several cameras saw the movement: beside the frames, which then need no picture positions and
  /// whose depths count only where a single camera sees a landmark. Must outlive the call.
  const RigRays* rig = nullptr;
  std::size_t most_frames = 450;  ///< solved at once, above 60; longer recordings in overlapping parts
};

struct TrajectoryFit {
  Trajectory trajectory;
  std::vector<FrameCovariance> covariances;  ///< beside the states; empty where they could not be found
  std::vector<Misses> misses;                ///< beside the states
};

/// Finds the movement of one body of constant lengths before one perspective camera that explains the pixels
/// of all frames together: feet that stand do not slide, joints keep their limits and do not jerk, and the
/// network's depth, corrected for its bias, decides what the picture leaves open. Levenberg-Marquardt from
/// `start`, one state a frame (mid-hips are not looked at); the work is linear in the number of frames.
/// `frames`: each with a pose and its picture positions. `usual`: gives the stature and so the scale.
/// Returns states whose `mid_hips` are the place before the lens, meters, camera axes; and the covariance of
/// each frame's unknowns as the beliefs have it, which knows nothing of errors that stay over many frames.
[[nodiscard]] TrajectoryFit fit_trajectory(std::span<const PoseFrame> frames,
                                           std::span<const BodyState> start, const BodyShape& usual,
                                           const TrajectoryFitOptions& options);

}  // namespace reprise::engine
