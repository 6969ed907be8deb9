// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>

#include "base/result.h"
#include "base/units.h"
#include "session/measurements/measurement_builder.h"

namespace reprise::session {

/// One hold of a balance programme's session. What the trunk's sensor measured has the engine's units.
struct BalanceHold {
  std::string part;          ///< the stance, as care::part_of names it
  std::optional<Side> side;  ///< single leg: the one stood on
  Seconds start{0};          ///< since the session's start
  Seconds planned{0};
  std::optional<Seconds> held;  ///< until the end, the support or a step; empty: not known
  bool whole = false;
  std::optional<double> acceleration_rms_mps2;  ///< of the trunk; empty: no sensor, or too short
  std::optional<double> sway_angle_rad;
};

/// Sums up a session: of each level, in the order in which they were done, the longest hold, how many there
/// were, how many to the end without the support, and the trunk's mean sway where it was measured. Errors:
/// nothing_measured (no hold), invalid_argument (times out of order, not finite, or longer than planned; a
/// hold to the end that is shorter; an impossible sway).
[[nodiscard]] Result<MeasurementDocument> measure_balance_programme(const MeasurementInput& input,
                                                                    std::span<const BalanceHold> holds);

}  // namespace reprise::session
