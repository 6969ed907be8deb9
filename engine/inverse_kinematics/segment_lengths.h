// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <span>

#include "base/result.h"
#include "engine/inverse_kinematics/solve_frame.h"
#include "engine/pose/landmarks.h"
#include "engine/skeleton/skeleton.h"

namespace reprise::engine {

struct SegmentLengthOptions {
  std::size_t frames = 60;  ///< looked at, spread over the recording
  int rounds = 3;           ///< of fitting postures to lengths and lengths to postures
  FrameFitOptions fit = {};
};

/// The lengths of a person's segments, the same on both sides and at all times.
struct MeasuredShape {
  BodyShape shape;  ///< stature: what a body of Winter's proportions with these segments would have
  std::array<bool, kLengthCount> seen;  ///< else the length is the usual share of the stature
};

/// Measures a body in a recording: postures and lengths in turn, each by robust least squares, from the
/// medians of the distances between landmarks. (A distance between two noisy points is too long on average; a
/// length that must serve all frames is less so.) Errors: nothing_measured (no frame shows legs, trunk or
/// arms), unsupported (segments of no body: a stature outside 0.4 to 2.6 m, or legs, trunk and arms in
/// proportions that no person has; the cause names them).
[[nodiscard]] Result<MeasuredShape> measure_segments(std::span<const PoseFrame> frames,
                                                     const SegmentLengthOptions& options = {});

/// The stature that a person of Winter's proportions has with these segments: the median of what each says.
[[nodiscard]] Meters usual_stature(const std::array<double, kLengthCount>& lengths_m,
                                   const std::array<bool, kLengthCount>& seen);

}  // namespace reprise::engine
