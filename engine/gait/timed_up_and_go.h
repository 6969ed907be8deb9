// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "engine/gait/turns.h"
#include "engine/signal/inertial.h"

namespace reprise::engine {

enum class TimedUpAndGoPhase : std::uint8_t { rise, walk_out, turn, walk_back, turn_to_sit, sit_down };

/// "rise", "walk_out", "turn", "walk_back", "turn_to_sit", "sit_down".
[[nodiscard]] std::string_view to_string(TimedUpAndGoPhase phase);

struct PhaseInterval {
  TimedUpAndGoPhase phase = TimedUpAndGoPhase::rise;
  Seconds start;
  Seconds end;
};

struct TimedUpAndGo {
  Seconds start;
  Seconds end;
  /// One of each kind, in order. A person may begin to sit down while still turning: those two may overlap.
  std::vector<PhaseInterval> phases;
  Turn turn;
  Turn turn_to_sit;
  Radians rise_flexion;  ///< how far the trunk bends forward from sitting when rising
  Radians sit_flexion;   ///< the same from walking, when sitting down

  [[nodiscard]] Seconds total() const { return end - start; }
};

struct TimedUpAndGoOptions {
  TurnOptions turns;
  Radians min_flexion = Degrees{10};  ///< a trunk that bends less has not risen. Unsourced
  Hertz cutoff{3};                    ///< of the trunk's inclination. Unsourced
};

/// Returns the phases of the Timed Up and Go test from a sensor at the lower back, however mounted: rise,
/// walk, turn, walk back, turn, sit down. The turns are the first and the last by find_turns; rising and
/// sitting down are the bends of the trunk (inclination about the medio-lateral axis, the main axis of its
/// horizontal rotation) before the first and after the beginning of the last. A bend's start and end are
/// those of the minimum-jerk movement that passes a tenth and nine tenths of it at the same times. The test
/// starts when the trunk begins to bend, not at "Go". Checked on simulated sensors only: no recording with
/// true phases is at hand. Errors: unsupported (no gyroscope), nothing_measured (not two turns, no rise, no
/// sitting down), and as find_walking_bouts.
[[nodiscard]] Result<TimedUpAndGo> measure_timed_up_and_go(const InertialView& samples,
                                                           const TimedUpAndGoOptions& options = {});

}  // namespace reprise::engine
