// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/units.h"
#include "engine/pose/landmarks.h"
#include "engine/signal/smooth_track.h"

namespace reprise::engine {

/// The median time between frames, as a rate. Empty for fewer than two frames.
[[nodiscard]] std::optional<Hertz> median_rate(std::span<const PoseFrame> frames);

/// Landmarks and visibility, smoothed without delay: for recordings, never for live use. Same frames, same
/// times. Picture positions are smoothed where every seen frame has them, else kept as they are. Frames
/// farther than `max_gap` from a seen one stay empty, and stretches too short to smooth (under 8 frames) stay
/// as they are.
[[nodiscard]] std::vector<PoseFrame> smooth_zero_phase(std::span<const PoseFrame> frames,
                                                       const ZeroPhaseOptions& options = {});

}  // namespace reprise::engine
