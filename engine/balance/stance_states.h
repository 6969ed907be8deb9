// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "engine/balance/stance.h"

namespace reprise::engine::detail {

/// What one sample says about standing.
struct StanceState {
  bool ready = false;             ///< quiet enough for a stance to begin
  std::optional<StanceEnd> lost;  ///< support is lost, and how
  double size = 0;                ///< of a jump: the loss is timed where it is largest
};

/// Stances of a recording: each begins with the first of `settle` seconds of ready samples, and ends with the
/// first of `confirm` seconds of samples without support (a jump: with the largest of them).
[[nodiscard]] std::vector<QuietStance> find_stances(std::span<const StanceState> states, Hertz rate,
                                                    const StanceTiming& timing, StandingFoot foot);

}  // namespace reprise::engine::detail
