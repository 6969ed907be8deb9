// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "engine/signal/inertial.h"
#include "session/document.h"
#include "session/measurements/function_references.h"
#include "session/measurements/measurement_builder.h"

namespace reprise::session {

/// What a test of function is measured by: one sensor at the lower back, or a phone at the belt or in a front
/// pocket; one camera.
enum class FunctionMethod : std::uint8_t { sensor, camera };

/// "timed_up_and_go", …
[[nodiscard]] std::string_view to_string(FunctionTest test);
[[nodiscard]] std::optional<FunctionTest> function_test_from_name(std::string_view name);
[[nodiscard]] bool is_measured_by(FunctionTest test, FunctionMethod method);
/// The exercise of the catalog whose repetitions or holds are those of the test; empty: none.
[[nodiscard]] std::string_view exercise_of(FunctionTest test);

/// Gives the values of a kind that several tests share the test's name as part, so that no trend mixes tests.
/// Parts that are there are kept.
void name_parts(MeasurementDocument& document, FunctionTest test);

struct FunctionTestOptions {
  FunctionTest test = FunctionTest::timed_up_and_go;
  std::optional<Meters> course = std::nullopt;  ///< of the walks; empty: 10 m, and 30 m from turn to turn
  std::optional<Meters> body_height = std::nullopt;  ///< for step lengths, and reaches by camera
  std::optional<Seconds> start = std::nullopt;       ///< by camera: "Go"; empty: the first movement
  TestedPerson person = {};  ///< by camera: whose reference the result is held against
};

/// Measures one test by a sensor. Errors: those of the engine's functions; nothing_measured names the part
/// that is missing and the remedy; unsupported (a test by camera alone).
[[nodiscard]] Result<MeasurementDocument> measure_function_test(const MeasurementInput& input,
                                                                const engine::InertialSamples& samples,
                                                                const FunctionTestOptions& options);

/// A test before one camera.
struct CameraTest {
  MeasurementInput input;
  /// Of the test's exercise, with series of `camera_measures`; where the test has none, source and models
  /// alone.
  SessionDocument session;
  std::span<const engine::PoseFrame> frames;  ///< as they were seen
  std::optional<engine::Side> side = {};      ///< of a test on one leg, as it was asked for
};

/// The measures that a test by camera needs beside those of its exercise.
[[nodiscard]] std::vector<engine::Measure> camera_measures(FunctionTest test);

/// Measures one test by camera. Errors: unsupported (a test by sensors alone; too few pictures a second for a
/// jump), nothing_measured (the test's movement was not seen, or too few repetitions), each with the remedy.
[[nodiscard]] Result<MeasurementDocument> measure_function_test(const CameraTest& camera,
                                                                const FunctionTestOptions& options);

}  // namespace reprise::session
