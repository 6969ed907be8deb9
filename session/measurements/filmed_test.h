// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "exercises/catalog.h"
#include "session/measurements/camera_gait.h"
#include "session/measurements/function_tests.h"
#include "session/measurements/measurement_builder.h"
#include "session/scene_warnings.h"

namespace reprise::session {

/// One clip of a person, as a file or a camera gave it.
struct FilmedClip {
  Source source;
  std::vector<ModelUsed> models;
  FrameCounts frames;
  SceneFacts scene;
  std::vector<Warning> warnings;  ///< of decoding and reading
  std::span<const engine::PoseFrame> landmarks;
};

/// Begins a measurement by one camera: the clip as its source, the camera as its sensor.
[[nodiscard]] MeasurementInput camera_input(const FilmedClip& clip);

/// Measures a test of function in a clip: its exercise is counted and measured, and what the test asks is
/// made of that. `exercise`: that of exercise_of(test); null where the test has none. `side`: of tests on one
/// leg; empty: both. Errors: those of measure_function_test; invalid_argument (another exercise than the
/// test's).
[[nodiscard]] Result<MeasurementDocument> measure_filmed_test(const FilmedClip& clip,
                                                              const exercises::CatalogExercise* exercise,
                                                              const FunctionTestOptions& options,
                                                              std::optional<engine::Side> side = {});

/// Measures gait in clips of one person, in order; all passes count alike. Errors: those of
/// measure_camera_gait; invalid_argument (no clip).
[[nodiscard]] Result<MeasurementDocument> measure_filmed_gait(std::span<const FilmedClip> clips,
                                                              const CameraGaitOptions& options);

}  // namespace reprise::session
