// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>

#include "pipeline/recording.h"
#include "session/measurements/camera_gait.h"

namespace reprise::pipeline {

/// Returns the options that change a result, as typed in the command: "--height 172 --treadmill". Empty:
/// none.
[[nodiscard]] std::string options_text(const session::CameraGaitOptions& options);

/// Measures gait from recordings of one person by one camera, in order; all passes count alike. Errors: those
/// of session::measure_camera_gait; invalid_argument (no recording).
[[nodiscard]] Result<session::MeasurementDocument> measure_camera_gait(
    std::span<const Recording> recordings, const session::CameraGaitOptions& options = {});

}  // namespace reprise::pipeline
