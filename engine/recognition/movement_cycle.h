// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "engine/recognition/segment_directions.h"

namespace reprise::engine {

inline constexpr std::size_t kCyclePhases = 12;

/// Of one line: x, y and z (columns) at equal phases (rows).
using PhaseDirections = Eigen::Array<float, kCyclePhases, 3>;

/// One repetition, or stillness, as directions of the body's lines: where each points on average, and how far
/// from there at equal phases. Tempo and pauses are largely gone: half of a phase is time, half is way.
struct MovementCycle {
  PerBodyLine<Eigen::Vector3f> mean;
  PerBodyLine<PhaseDirections> deviation;
  PerBodyLine<float> amplitude;  ///< root mean square of the deviation
  PerBodyLine<float> seen;       ///< mean over the frames, 0 to 1
};

/// Precondition: at least one frame.
[[nodiscard]] MovementCycle movement_cycle(std::span<const SegmentDirections> frames);

/// The same, without any movement around the mean.
[[nodiscard]] MovementCycle stillness(MovementCycle cycle);

}  // namespace reprise::engine
