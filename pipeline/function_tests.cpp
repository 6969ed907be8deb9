// SPDX-License-Identifier: Apache-2.0
#include "pipeline/function_tests.h"

#include "exercises/known_exercises.h"
#include "pipeline/analysis.h"
#include "pipeline/camera_measurement.h"
#include "sensing/files/number_text.h"
#include "session/scene_warnings.h"

namespace reprise::pipeline {

std::string options_text(const CameraTestOptions& options, std::string_view of_recording) {
  std::string text = std::string{session::to_string(options.test.test)} + ' ';
  if (options.side) text += "--side " + std::string{engine::name(*options.side)} + ' ';
  if (options.test.start) {
    text += "--start-s ";
    sensing::append_number(text, options.test.start->value());
    text += ' ';
  }
  if (options.test.body_height) {
    constexpr double kCmPerM = 100;
    text += "--height ";
    sensing::append_number(text, options.test.body_height->value() * kCmPerM);
    text += ' ';
  }
  if (options.test.person.age_years) text += "--age " + std::to_string(*options.test.person.age_years) + ' ';
  if (options.test.person.sex)
    text += *options.test.person.sex == session::ReferenceSex::female ? "--sex female " : "--sex male ";
  text += of_recording;
  return std::string{sensing::trimmed(text)};
}

Result<session::MeasurementDocument> measure_function_test(
    const Recording& recording, const std::vector<exercises::CatalogExercise>& catalog,
    const CameraTestOptions& options) {
  session::CameraTest camera;
  camera.input = camera_input(recording);
  camera.input.source.options = options_text(options, recording.source.options);
  camera.frames = recording.landmarks.frames;
  if (const auto id = session::exercise_of(options.test.test); !id.empty()) {
    const auto exercise = exercises::find(catalog, std::string{id});
    if (!exercise) return tl::unexpected(exercise.error());
    auto session = analyze(recording, **exercise, {.side = options.side}, nullptr,
                           session::camera_measures(options.test.test));
    if (!session) return tl::unexpected(session.error());
    camera.session = std::move(*session);
  } else {
    camera.session.source = recording.source;
    camera.session.models = recording.models;
    camera.session.exercise.frames = recording.frames;
    camera.session.warnings = recording.warnings;
    session::add_scene_warnings(camera.session, recording.scene, camera.frames);
  }
  camera.input.warnings = camera.session.warnings;
  return session::measure_function_test(camera, options.test);
}

}  // namespace reprise::pipeline
