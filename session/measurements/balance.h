// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "engine/balance/cop_path.h"
#include "engine/signal/inertial.h"
#include "session/measurements/load.h"
#include "session/measurements/measurement_builder.h"

namespace reprise::session {

/// One recording of standing on a force plate.
struct StandingOnPlate {
  /// "eyes_open", "eyes_closed", a task of standing_tasks.h, another name, or empty for a single recording.
  std::string part;
  engine::CopSeries cop;
  std::vector<std::optional<double>> vertical_force_n = {};  ///< as many as points, or more; missing
                                                             ///< where not recorded; empty: not at all
};

struct BalanceOptions {
  std::optional<Meters> foot_length = {};  ///< for leans as a share of it
};

/// Measures each recording: sway; of the parts of standing_tasks.h the limits of stability or the time stood;
/// and the Romberg ratios where exactly one has open and one closed eyes. Errors: as engine::sway and the
/// tasks'; nothing_measured (no recording).
[[nodiscard]] Result<MeasurementDocument> measure_sway(const MeasurementInput& input,
                                                       std::span<const StandingOnPlate> recordings,
                                                       const BalanceOptions& options = {});

/// One recording of standing on an insole under each foot, or a plate under each.
struct StandingOnInsoles {
  std::string part;  ///< as above
  FeetLoad feet;
};

/// Measures how the feet share the weight, and the sway under each where its center of pressure is recorded,
/// or the time stood on one leg or in tandem. Errors: as engine::weight_bearing, engine::sway and
/// engine::stances_on_insoles; nothing_measured (no recording), invalid_argument (limits of stability, which
/// want one center of pressure).
[[nodiscard]] Result<MeasurementDocument> measure_insole_balance(
    const MeasurementInput& input, std::span<const StandingOnInsoles> recordings);

/// One recording of standing with a sensor at the trunk.
struct StandingWithSensor {
  std::string part;
  engine::InertialSamples trunk;
};

/// Measures sway of the trunk of each recording, or the time stood on one leg or in tandem. Errors: as
/// engine::trunk_sway and engine::stances_by_trunk; nothing_measured (none), invalid_argument (limits of
/// stability).
[[nodiscard]] Result<MeasurementDocument> measure_trunk_sway(const MeasurementInput& input,
                                                             std::span<const StandingWithSensor> recordings);

}  // namespace reprise::session
