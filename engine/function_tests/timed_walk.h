// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "base/result.h"
#include "engine/function_tests/curve.h"
#include "engine/gait/timed_up_and_go.h"
#include "engine/pose/landmarks.h"

namespace reprise::engine {

/// What a camera shows of the Timed Up and Go test, zero-phase.
struct TimedWalkCurves {
  Curve hip_height;             ///< above the ankles, in leg lengths
  Curve trunk_inclination_rad;  ///< from the vertical
  Curve facing_rad;             ///< about the vertical, without jumps of a whole turn
};

/// The direction in which a person faces over time, smoothed over 0.4 s (unsourced default): facing_azimuth,
/// on without a jump where it passes half a turn.
[[nodiscard]] Curve facing_curve(std::span<const PoseFrame> frames);

/// Returns the phases of the Timed Up and Go test: the person sits, rises, walks away, turns by half, walks
/// back, turns, sits down. A turn is the way between the directions before and after it; rising begins with
/// the trunk's lean, or the hips if they are first, and ends when the hips are up; sitting down is their way
/// down. Bounds as of movement_before. Errors: nothing_measured (does not begin or end seated, no walk with
/// its two turns), with the remedy.
[[nodiscard]] Result<TimedUpAndGo> timed_up_and_go_by_camera(const TimedWalkCurves& curves);

}  // namespace reprise::engine
