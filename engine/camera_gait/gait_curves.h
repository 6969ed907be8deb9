// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <span>
#include <vector>

#include "engine/camera_gait/camera_strides.h"

namespace reprise::engine {

/// 0 to 100 % of the gait cycle, from a foot's initial contact to its next.
inline constexpr std::size_t kCyclePoints = 101;
using GaitCycle = std::array<double, kCyclePoints>;

/// A track over one stride. Empty where the stride reaches beyond the track.
[[nodiscard]] std::optional<GaitCycle> cycle_of(const LegTracks& tracks, std::span<const double> track,
                                                Seconds start, Seconds end);

struct GaitCurve {
  GaitCycle mean{};
  GaitCycle sd{};  ///< of the sample; 0 for one stride
  std::size_t strides = 0;
};
/// Empty without cycles.
[[nodiscard]] std::optional<GaitCurve> mean_cycle(std::span<const GaitCycle> cycles);

/// The largest value from a share of the cycle on, 0 to 1.
[[nodiscard]] double largest_from(const GaitCycle& cycle, double share);
/// Largest less smallest.
[[nodiscard]] double range_of(const GaitCycle& cycle);

}  // namespace reprise::engine
