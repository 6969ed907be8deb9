// SPDX-License-Identifier: Apache-2.0
#include "wasm/sensor_set.h"

#include <cmath>

#include "session/exercise_facts.h"
#include "wasm/live_set.h"

namespace reprise::wasm {
namespace {

constexpr const char* kSensorStage = "coaching a set with sensors";

}  // namespace

exercises::CatalogExercise with_muscle(exercises::CatalogExercise exercise, const MuscleGoal& goal) {
  engine::ExerciseDefinition& definition = exercise.definition;
  definition.kind = engine::Kind::hold;
  // Its side is that of the only sensor, whichever limb the exercise names.
  definition.primary = {engine::Measure::muscle_activity, engine::Combine::larger};
  definition.rest = 0;
  definition.target = goal.share;
  definition.min_excursion = goal.share / 2;
  definition.named_by_resting_side = false;
  definition.tempo = {{}, goal.hold, {}};
  return exercise;
}

SensorSet::SensorSet(exercises::CatalogExercise exercise, engine::CoachOptions options, engine::Side side,
                     double deviation)
    : exercise_(std::move(exercise)),
      options_(options),
      coach_(session::as_sensors_judge(exercise_.definition),
             session::as_worn(exercise_.definition, options, side)),
      track_{side, deviation, {}} {}

Result<std::vector<engine::CoachEvent>> SensorSet::step(const session::SensorMoment& moment) {
  if (!std::isfinite(moment.time.value()) || finished_) {
    return fail(
        ErrorCode::invalid_argument, kSensorStage,
        finished_ ? "a moment came after the end of the set" : "the time of a moment is not a finite number",
        "start another set, and give the seconds by the page's clock");
  }
  auto& moments = track_.moments;
  // From 0 on, as a camera's set.
  if (moments.empty()) began_ = moment.time;
  const session::SensorMoment here{moment.time - began_, moment.value};
  if (!moments.empty() && !(here.time > moments.back().time)) return std::vector<engine::CoachEvent>{};
  if (here.time > kLongestSet || moments.size() >= kMostSetFrames) {
    return fail(ErrorCode::unsupported, kSensorStage, "the set is longer than half an hour",
                "finish this set and start another");
  }
  moments.push_back(here);
  return coach_.step(here.time, session::measures_of(coach_.definition(), track_.side, here));
}

std::vector<engine::CoachEvent> SensorSet::finish() {
  if (finished_) return {};
  finished_ = true;
  return coach_.finish();
}

Result<session::SessionDocument> SensorSet::document(const std::string& language,
                                                     std::vector<std::string> places) const {
  if (track_.moments.empty()) {
    return fail(ErrorCode::nothing_measured, kSensorStage, "the set has no moments",
                "connect the sensors first");
  }
  session::PassInput input;
  input.definition = coach_.definition();
  input.exercise = session::facts_of(exercise_, language);
  input.source.kind = simulated_ ? session::SourceKind::simulated : session::SourceKind::sensors;
  input.source.name = "sensors";
  input.source.duration = track_.moments.back().time;
  input.source.sensors = std::move(places);
  input.coach = options_;
  return session::run_sensor_passes(input, track_);
}

}  // namespace reprise::wasm
