// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "exercises/catalog.h"
#include "pipeline/recording.h"
#include "session/measurements/function_tests.h"

namespace reprise::pipeline {

struct CameraTestOptions {
  session::FunctionTestOptions test;
  std::optional<engine::Side> side = std::nullopt;  ///< of tests on one leg; empty: both
};

/// Returns the options that change a result, as typed in the command: "--age 72 --sex female".
[[nodiscard]] std::string options_text(const CameraTestOptions& options);

/// Measures a test of function in a recording: its exercise of the catalog is counted and measured, and what
/// the test asks is made of that. Errors: those of session::measure_function_test; not_found (an exercise
/// that the catalog lacks); cancelled.
[[nodiscard]] Result<session::MeasurementDocument> measure_function_test(
    const Recording& recording, const std::vector<exercises::CatalogExercise>& catalog,
    const CameraTestOptions& options);

}  // namespace reprise::pipeline
