// SPDX-License-Identifier: Apache-2.0
#include "session/measurements/filmed_test.h"

#include <string>

#include "exercises/prescription.h"
#include "session/exercise_facts.h"
#include "session/passes.h"

namespace reprise::session {
namespace {

/// What looked at the pictures: "33 points (pose_landmark_lite, …)".
std::string channels_of(const FilmedClip& clip) {
  std::string names;
  for (const ModelUsed& model : clip.models) names += (names.empty() ? "" : ", ") + model.name;
  return names.empty() ? "33 points" : "33 points (" + names + ")";
}

Result<SessionDocument> session_of(const FilmedClip& clip, const exercises::CatalogExercise& exercise,
                                   FunctionTest test, std::optional<engine::Side> side) {
  const auto coach = exercises::coach_options(exercise.definition, {.side = side});
  if (!coach) return tl::unexpected(coach.error());
  PassInput pass;
  pass.definition = exercise.definition;
  pass.exercise = facts_of(exercise);
  pass.source = clip.source;
  pass.models = clip.models;
  pass.frames = clip.frames;
  pass.coach = *coach;
  pass.scene = clip.scene;
  pass.scene.upright_exercise = is_upright(exercise);
  pass.warnings = clip.warnings;
  pass.further_measures = camera_measures(test);
  return run_passes(pass, clip.landmarks);
}

SessionDocument without_exercise(const FilmedClip& clip) {
  SessionDocument session;
  session.source = clip.source;
  session.models = clip.models;
  session.exercise.frames = clip.frames;
  session.warnings = clip.warnings;
  add_scene_warnings(session, clip.scene, clip.landmarks);
  return session;
}

LandmarkOrigin origin_of(const FilmedClip& clip) {
  if (clip.source.kind == SourceKind::simulated) return LandmarkOrigin::simulated;
  if (clip.models.empty()) return LandmarkOrigin::unknown;
  // The detector finds the person; the others the landmarks.
  bool heavy = false;
  for (const ModelUsed& model : clip.models) {
    if (model.name.find("lite") != std::string::npos || model.name.find("full") != std::string::npos)
      return LandmarkOrigin::other_network;
    heavy = heavy || model.name.find("heavy") != std::string::npos;
  }
  return heavy ? LandmarkOrigin::heavy_network : LandmarkOrigin::other_network;
}

}  // namespace

MeasurementInput camera_input(const FilmedClip& clip) {
  MeasurementInput input;
  const Source& source = clip.source;
  input.source.kind =
      source.kind == SourceKind::simulated ? SignalSourceKind::simulated : SignalSourceKind::camera;
  if (!source.name.empty()) input.source.files = {source.name};
  input.source.sha256 = source.sha256;
  input.source.recorded_at = source.recorded_at;
  input.source.options = source.options;
  input.source.duration = source.duration;
  input.sensors = {{"camera", channels_of(clip), source.frame_rate.value_or(Hertz{1}), source.duration}};
  input.warnings = clip.warnings;
  return input;
}

Result<MeasurementDocument> measure_filmed_test(const FilmedClip& clip,
                                                const exercises::CatalogExercise* exercise,
                                                const FunctionTestOptions& options,
                                                std::optional<engine::Side> side) {
  const std::string_view wanted = exercise_of(options.test);
  if (exercise == nullptr ? !wanted.empty() : exercise->definition.id != wanted) {
    return fail(ErrorCode::invalid_argument, "measuring a test of function",
                std::string{to_string(options.test)} + " is counted as another exercise than the one given",
                wanted.empty() ? "give none" : "give " + std::string{wanted});
  }
  CameraTest camera;
  camera.input = camera_input(clip);
  camera.frames = clip.landmarks;
  camera.side = side;
  if (exercise == nullptr) {
    camera.session = without_exercise(clip);
  } else {
    auto session = session_of(clip, *exercise, options.test, side);
    if (!session) return tl::unexpected(session.error());
    camera.session = std::move(*session);
  }
  camera.input.warnings = camera.session.warnings;
  return measure_function_test(camera, options);
}

Result<MeasurementDocument> measure_filmed_gait(std::span<const FilmedClip> clips,
                                                const CameraGaitOptions& options) {
  if (clips.empty()) {
    return fail(ErrorCode::invalid_argument, "measuring gait by camera", "there is no recording",
                "give a video or a file of landmarks");
  }
  MeasurementInput input;
  std::vector<CameraGaitRecording> all;
  for (const FilmedClip& clip : clips) {
    all.push_back({clip.landmarks, clip.source, origin_of(clip)});
    join(input, camera_input(clip));
  }
  return measure_camera_gait(input, all, options);
}

}  // namespace reprise::session
