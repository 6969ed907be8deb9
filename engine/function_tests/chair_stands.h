// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "engine/function_tests/curve.h"

namespace reprise::engine {

/// What a camera shows of getting up from a chair, zero-phase.
struct ChairCurves {
  Curve knee_flexion_rad;       ///< of both knees
  Curve trunk_inclination_rad;  ///< from the vertical
  Curve hip_height;             ///< above the ankles, in leg lengths
};

/// Why a rise does not count.
enum class ChairFault : std::uint8_t {
  none,
  not_upright,  ///< knees or trunk stay bent at the top
  not_seated,   ///< the hips did not come down to the chair before it
};
inline constexpr std::string_view kChairFaultNames[] = {"", "not_upright", "not_seated"};

/// One rise from the chair, and sitting down after it.
struct ChairStand {
  Seconds rise_start;  ///< the trunk begins to lean forward, or the knees to stretch if they are first
  Seconds rise_end;    ///< knees and trunk are as straight as they get
  /// The knees begin to bend, and the hips have come down; empty: not seen to its end.
  std::optional<Seconds> sit_start = std::nullopt;
  std::optional<Seconds> sit_end = std::nullopt;
  ChairFault fault = ChairFault::none;

  [[nodiscard]] bool counts() const { return fault == ChairFault::none; }
};

/// Unsourced defaults.
struct ChairStandOptions {
  Radians most_knee_flexion = Degrees{30};  ///< standing with more is not upright
  Radians most_trunk_lean = Degrees{30};
  /// The hips must come down by this share of the way to where they were before the first rise.
  double least_way_down = 0.8;
  Radians least_lean = Degrees{8};  ///< a trunk that leans less does not begin the rise
  /// Before the first rise that counts the hips rest on the chair, at least from the recording's start on:
  /// they stay within this share of the way for this long.
  double still = 0.06;
  Seconds least_rest{1.3};
};

/// When the trunk begins to lean forward for a rise in which the legs begin to stretch at `legs` and have
/// done so at `top`; not before `not_before`. Empty where it hardly leans.
[[nodiscard]] std::optional<Seconds> lean_before(const Curve& trunk_inclination_rad, Seconds not_before,
                                                 Seconds legs, Seconds top,
                                                 const ChairStandOptions& options = {});

/// Measures rises that were counted: `tops` are the moments at which the person stood, in order. Bounds are
/// those of movement_before and movement_after. A top around which the knees were not measured is left out.
/// Errors: invalid_argument (curves of different lengths).
[[nodiscard]] Result<std::vector<ChairStand>> measure_chair_stands(const ChairCurves& curves,
                                                                   std::span<const Seconds> tops,
                                                                   const ChairStandOptions& options = {});

/// How often a person stood up in `duration` from `start` on: rises that count and were more than halfway at
/// its end, as pages that quote the instructions of the test have it (docs/sources.md, W7).
[[nodiscard]] int stands_within(std::span<const ChairStand> stands, Seconds start, Seconds duration);

}  // namespace reprise::engine
