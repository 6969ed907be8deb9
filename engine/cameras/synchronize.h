// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "engine/pose/landmarks.h"

namespace reprise::engine {

/// How much later one recording's clock shows the same moment: time of the second = time of the first + lag.
/// Negative where the second recording starts later.
struct Lag {
  Seconds lag{0};
  double correlation = 0;  ///< of the speeds, -1 to 1
};

/// Every lag is tried: of longer ones it would take minutes.
inline constexpr Seconds kLongestToSynchronize{7200};

struct SynchronizeOptions {
  Seconds least_overlap{1.5};      ///< Unsourced default
  double least_speed = 0.10;       ///< of limbs (root mean square), trunk lengths a second. Unsourced default
  double least_correlation = 0.4;  ///< Unsourced default
};

/// Compares how fast the landmarks rise and fall in the two pictures, which is nearly the same from all sides
/// while the cameras stand level, at every lag that leaves an overlap. Frame rates may differ: each recording
/// is looked at by its own times. `first`, `second`: frames with picture positions. Returns the local maxima
/// of the normalized cross-correlation, the highest first, at most 20, those below 0.6 of it left out; to a
/// fraction of a frame. Errors: nothing_measured (no moving person, recordings too short, movements that do
/// not agree), unsupported (a recording of more than `kLongestToSynchronize`).
[[nodiscard]] Result<std::vector<Lag>> matching_lags(std::span<const PoseFrame> first,
                                                     std::span<const PoseFrame> second,
                                                     const SynchronizeOptions& options = {});

/// Where `disagreement` (any measure of how badly two recordings fit together at a lag) is least within
/// `reach` of `around`: steps, then a golden section. To 0.1 ms.
[[nodiscard]] Seconds least_disagreement(const std::function<double(Seconds)>& disagreement, Seconds around,
                                         Seconds reach);

/// The frame before a time, and how far the time lies between it and the next, 0 to 1.
struct BetweenFrames {
  std::size_t before = 0;
  double share = 0;
};
/// nullopt: outside of the recording, or between frames farther apart than `longest_gap`, or no person on one
/// of them.
[[nodiscard]] std::optional<BetweenFrames> frames_around(std::span<const PoseFrame> frames, Seconds time,
                                                         Seconds longest_gap = Seconds{0.15});

}  // namespace reprise::engine
