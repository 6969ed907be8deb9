// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "base/result.h"
#include "engine/gait/lower_back_gait.h"
#include "engine/signal/inertial.h"
#include "session/measurements/measurement_builder.h"

namespace reprise::session {

/// Measures gait with an inertial sensor on one or both feet, mounted in any way; both recordings begin at
/// the same time. Errors: as engine::analyze_foot_gait.
[[nodiscard]] Result<MeasurementDocument> measure_foot_gait(
    const MeasurementInput& input, const std::optional<engine::InertialSamples>& left,
    const std::optional<engine::InertialSamples>& right);

/// Measures gait with one sensor at the lower back, or a phone at the belt or in a pocket; lengths and speed
/// where `lengths` has a height. Errors: as engine::analyze_lower_back_gait.
[[nodiscard]] Result<MeasurementDocument> measure_lower_back_gait(
    const MeasurementInput& input, const engine::InertialSamples& back,
    const engine::StepLengthOptions& lengths = {});

}  // namespace reprise::session
