// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/units.h"

namespace reprise::engine {

struct ZeroPhaseOptions {
  /// Where half of the amplitude passes; lowered to 0.4 of the rate where that is less. Unsourced default
  Hertz cutoff{6};
  Seconds max_gap{0.25};  ///< a hole no longer is filled in (shape-preserving cubic). Unsourced default
};

/// One number over time; empty where it was not seen.
using SignalWithGaps = std::vector<std::optional<double>>;

/// Smooths a track without delay: uneven times are resampled to `rate`, smoothed by a spline and read back at
/// the same times. Samples farther than `max_gap` from a seen one stay empty; stretches too short to smooth
/// (under 8 samples) and tracks whose times do not rise stay as they were. `times` and `track` have one
/// length.
[[nodiscard]] SignalWithGaps smooth_track(std::span<const Seconds> times, const SignalWithGaps& track,
                                          Hertz rate, const ZeroPhaseOptions& options = {});

}  // namespace reprise::engine
