// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "engine/inverse_kinematics/block_band.h"
#include "engine/inverse_kinematics/rig_rays.h"
#include "engine/inverse_kinematics/seen_landmark.h"
#include "engine/inverse_kinematics/segment_lengths.h"
#include "engine/inverse_kinematics/solve_frame.h"
#include "engine/pose/landmarks.h"
#include "engine/signal/smooth_track.h"

namespace reprise::engine {

struct BodyFitOptions {
  std::optional<Meters> stature = {};  ///< the person's, where known: gives the lengths their scale
  FrameFitOptions frame = {};
  /// Landmarks are those of a pose network, whose pixels are better than its depths (network_landmarks.h).
  bool network_landmarks = false;
  /// Where several cameras saw the movement: beside the frames, in their axes, whose y is down. Must outlive
  /// the call.
  const RigRays* rig = nullptr;
  ZeroPhaseOptions smoothing = {};
};

/// A recording as one body: constant segment lengths, joints within their limits, smoothed without delay.
struct FittedBody {
  MeasuredShape measured;
  std::vector<PoseFrame>
      frames;  ///< as given, but landmarks in meters are the body's and visibility is smoothed
  std::vector<std::optional<BodyState>> states;  ///< beside `frames`
  /// Beside `frames`: of the unknowns of each (trajectory_unknowns.h), where it was fitted as part of one
  /// movement. Empty as a whole otherwise.
  std::vector<std::optional<FrameCovariance>> covariances;
  std::vector<std::optional<Misses>> misses;  ///< the same
  double error_m = 0;  ///< root mean square distance of the unsmoothed body to the landmarks it was fitted to
};

/// Fits the body model to a recording: lengths first, then the posture of each frame, then all frames as one
/// movement before one camera (trajectory_fit.h) for a network's landmarks with pixels and a known pinhole,
/// before all cameras of a rig, or each frame once more for others; then zero-phase smoothing of the
/// movements. Frames farther than the smoothing's `max_gap` from a seen one stay empty. A landmark that is
/// not visible keeps its low visibility, wherever the body puts it. Errors: those of `measure_segments`.
[[nodiscard]] Result<FittedBody> fit_body(std::span<const PoseFrame> frames,
                                          const BodyFitOptions& options = {});

}  // namespace reprise::engine
