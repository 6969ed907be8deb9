#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/units.h"
#include "engine/pose/landmarks.h"

namespace reprise {

struct ZeroPhaseOptions {
  Hertz cutoff{
      6};  ///< Butterworth, 2nd order run both ways; lowered to 0.4 of the frame rate where that is less
  Seconds max_gap{
      0.25};  ///< a person unseen for no longer is filled in (shape-preserving cubic). Unsourced default
};

/// The median time between frames, as a rate. Empty for fewer than two frames.
[[nodiscard]] std::optional<Hertz> median_rate(std::span<const PoseFrame> frames);

/// Landmarks and visibility, smoothed without delay: for recordings, never for live use. Same frames, same
/// times. Picture positions are smoothed where every seen frame has them, else kept as they are. Frames
/// farther than `max_gap` from a seen one stay empty, and stretches too short to filter (under 6 frames) stay
/// unfiltered.
[[nodiscard]] std::vector<PoseFrame> smooth_zero_phase(std::span<const PoseFrame> frames,
                                                       const ZeroPhaseOptions& options = {});

}  // namespace reprise
