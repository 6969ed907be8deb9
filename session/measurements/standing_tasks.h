// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "session/measurements/balance.h"

namespace reprise::session {

/// Recordings of these parts hold another task than quiet standing.
inline constexpr std::string_view kLimitsOfStability = "limits_of_stability";
inline constexpr std::string_view kSingleLeg = "single_leg";
inline constexpr std::string_view kTandem = "tandem";

/// Whether `part` is one of these tasks.
[[nodiscard]] constexpr bool is_standing_task(std::string_view part) {
  return part == kLimitsOfStability || part == kSingleLeg || part == kTandem;
}

/// Adds how far the center of pressure was leaned in eight directions. Errors: as
/// engine::limits_of_stability.
[[nodiscard]] Result<void> add_limits_of_stability(MeasurementDocument& d, const StandingOnPlate& standing,
                                                   const BalanceOptions& options);

/// Adds the times of standing on one leg, or in tandem, on a plate. Errors: as engine::stances_on_plate,
/// nothing_measured (no vertical force).
[[nodiscard]] Result<void> add_stances(MeasurementDocument& d, const StandingOnPlate& standing);

/// The same on insoles under both feet.
[[nodiscard]] Result<void> add_stances(MeasurementDocument& d, const StandingOnInsoles& standing);

/// The same by a sensor at the trunk, which sees no foot that comes down softly.
[[nodiscard]] Result<void> add_stances(MeasurementDocument& d, const StandingWithSensor& standing);

}  // namespace reprise::session
