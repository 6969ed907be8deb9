// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "pipeline/recording.h"
#include "session/measurements/measurement_builder.h"

namespace reprise::pipeline {

/// What a measurement by one camera begins with: the recording as its source, the camera as its sensor, what
/// reading it found as its warnings. `options`: those of the measurement that change the result, as typed.
[[nodiscard]] session::MeasurementInput camera_input(const Recording& recording,
                                                     const std::string& options = {});

}  // namespace reprise::pipeline
