// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>

#include "base/result.h"
#include "engine/balance/cop_path.h"
#include "engine/signal/inertial.h"
#include "session/measurements/measurement_builder.h"

namespace reprise::session {

/// One recording of quiet standing on a force plate or on insoles.
struct StandingOnPlate {
  std::string part;  ///< "eyes_open", "eyes_closed", another name, or empty for a single recording
  engine::CopSeries cop;
};

/// Measures sway of each recording, and the Romberg ratios where one has open and one closed eyes. Errors: as
/// engine::sway; nothing_measured (no recording).
[[nodiscard]] Result<MeasurementDocument> measure_sway(const MeasurementInput& input,
                                                       std::span<const StandingOnPlate> recordings);

/// One recording of quiet standing with a sensor at the trunk.
struct StandingWithSensor {
  std::string part;
  engine::InertialSamples trunk;
};

/// Measures sway of the trunk of each recording. Errors: as engine::trunk_sway; nothing_measured (none).
[[nodiscard]] Result<MeasurementDocument> measure_trunk_sway(const MeasurementInput& input,
                                                             std::span<const StandingWithSensor> recordings);

}  // namespace reprise::session
