// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

#include "engine/synthesis/generate.h"
#include "session/exercise_facts.h"
#include "session/measurements/camera_function_tests.h"
#include "session/passes.h"
#include "tests/support/shipped_catalog.h"

// Tests by camera on drawn people (engine/synthesis): nothing here is a person's.

namespace reprise::session {

inline CameraTest filmed(FunctionTest test, std::span<const engine::PoseFrame> frames) {
  CameraTest camera;
  camera.frames = frames;
  camera.input.source.kind = SignalSourceKind::simulated;
  if (const auto id = exercise_of(test); !id.empty()) {
    const exercises::CatalogExercise& exercise = **exercises::find(shipped(), std::string{id});
    PassInput pass;
    pass.definition = exercise.definition;
    pass.exercise = facts_of(exercise);
    pass.further_measures = camera_measures(test);
    camera.session = run_passes(pass, frames);
    camera.input.warnings = camera.session.warnings;
  }
  return camera;
}

inline engine::GeneratedMovement drawn(const char* id, engine::GenerateOptions options) {
  auto movement = engine::generate((**exercises::find(shipped(), id)).movement.correct, options);
  if (!movement) throw std::runtime_error(to_string(movement.error()));
  return std::move(*movement);
}

inline engine::GenerateOptions from(Degrees azimuth, int repetitions) {
  engine::GenerateOptions options{.repetitions = repetitions, .noise = Meters{0.004}};
  options.camera.azimuth = azimuth;
  return options;
}

inline Result<MeasurementDocument> measured(FunctionTest test, const std::vector<engine::PoseFrame>& frames,
                                            FunctionTestOptions options = {}) {
  options.test = test;
  return measure_function_test(filmed(test, frames), options);
}

inline bool warns(const MeasurementDocument& d, std::string_view code) {
  return std::any_of(d.warnings.begin(), d.warnings.end(), [&](const Warning& w) { return w.code == code; });
}

/// The value of a test, whose name is its part.
inline const MeasuredValue* value_of_test(const MeasurementDocument& d, SignalMeasure measure,
                                          std::optional<Side> side = std::nullopt) {
  for (const MeasuredValue& value : d.values) {
    const bool of_test = value.part.empty() || function_test_from_name(value.part);
    if (value.measure == measure && value.side == side && of_test) return &value;
  }
  return nullptr;
}

inline double number_of_test(const MeasurementDocument& d, SignalMeasure measure,
                             std::optional<Side> side = std::nullopt) {
  const MeasuredValue* value = value_of_test(d, measure, side);
  EXPECT_NE(value, nullptr) << info(measure).name;
  return value == nullptr ? 0 : value->value;
}

/// From beside: the farther leg is hidden all along.
inline std::vector<engine::PoseFrame> without_leg(std::vector<engine::PoseFrame> frames, Side side) {
  for (engine::PoseFrame& frame : frames) {
    if (!frame.pose) continue;
    using enum engine::Landmark;
    for (const auto left : {left_knee, left_ankle, left_heel, left_foot_index})
      frame.pose->visibility[side == Side::left ? left : mirrored(left)] = 0.1;
  }
  return frames;
}

/// No one is in the picture between these moments.
inline std::vector<engine::PoseFrame> hidden(std::vector<engine::PoseFrame> frames, Seconds from,
                                             Seconds to) {
  for (engine::PoseFrame& frame : frames) {
    if (frame.time >= from && frame.time <= to) frame.pose.reset();
  }
  return frames;
}

inline constexpr Degrees kFront{0};
inline constexpr Degrees kSide{90};

}  // namespace reprise::session
