// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "base/result.h"
#include "pipeline/measurements.h"
#include "pipeline/signal_file.h"
#include "sensing/signals/ground_forces.h"
#include "session/measurements/balance.h"
#include "session/measurements/load.h"

namespace reprise::pipeline {

/// The vertical forces in a file, as `options` describe them. Errors: those of sensing::ground_forces.
[[nodiscard]] Result<sensing::GroundForces> forces_in(const SignalFile& file,
                                                      const SignalFileOptions& options);

/// One force as the load under a foot or on a plate.
[[nodiscard]] session::FootLoadSamples load_under(const sensing::GroundForce& force);

/// The forces under the left and the right foot, and lists them as sensors. Empty: no force says its side.
/// Errors: invalid_argument (different rates).
[[nodiscard]] Result<std::optional<session::FeetLoad>> feet_of(session::MeasurementInput& input,
                                                               const sensing::GroundForces& forces);

/// Measures walking by the forces under the feet. Errors: as session::measure_load; invalid_argument (no
/// force says its foot, no body mass, a limit that is none).
[[nodiscard]] Result<session::MeasurementDocument> gait_of_loads(SignalFile file, const GaitOptions& options);

}  // namespace reprise::pipeline
