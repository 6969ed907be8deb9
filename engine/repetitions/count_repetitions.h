// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/units.h"
#include "engine/pose/landmarks.h"

namespace reprise::engine {

/// The 33 landmarks of one frame, in any unit; only how they lie to each other is looked at. Empty: the
/// person was not seen.
using PointFrame = std::optional<PerLandmark<Eigen::Vector3d>>;

/// A repetition from one turning point back to the same side, frames counted from 0.
struct CountedRepetition {
  std::size_t start_frame = 0;
  std::size_t end_frame = 0;
  /// 0 to 1: how much this repetition is like the others of its recording. Not a probability.
  double confidence = 0;
};

struct CountOptions {
  Hertz rate{30};  ///< frames a second
};

/// Counts the repetitions of a movement that is not known: squats, steps, jumping jacks, anything that a
/// person does again and again, or once. Many signals of the body (heights, distances, angles, principal
/// components) are each cut at their turning points; a cut is worth as much as its pieces cover of the
/// recording, resemble each other in all signals and last equally long; the count that most of the worth
/// stands behind wins, and the best cut with that count gives the repetitions, in order. Frames without a
/// person are filled in from their neighbors. Constants are unsourced defaults, tuned on recordings of
/// strangers (docs/accuracy.md).
[[nodiscard]] std::vector<CountedRepetition> count_repetitions(std::span<const PointFrame> frames,
                                                               const CountOptions& options = {});

}  // namespace reprise::engine
