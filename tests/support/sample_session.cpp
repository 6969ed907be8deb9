// SPDX-License-Identifier: Apache-2.0
#include "tests/support/sample_session.h"

#include <cstdio>
#include <cstdlib>

#include "exercises/catalog_files.h"
#include "session/exercise_facts.h"
#include "session/passes.h"

namespace reprise {
namespace {

double rad(double degrees) {
  return Radians{Degrees{degrees}}.value();
}

template <class T>
T or_abort(Result<T> result) {
  if (result) return std::move(*result);
  std::fprintf(stderr, "%s\n", to_string(result.error()).c_str());
  std::abort();
}

engine::ExerciseDefinition small_definition() {
  engine::ExerciseDefinition d;
  d.id = "squat";
  d.primary = {engine::Measure::knee_flexion, engine::Combine::mean};
  d.rest = rad(5);
  d.target = rad(90);
  d.min_excursion = rad(30);
  d.tempo.out = Seconds{2};
  d.tempo.back = Seconds{2};
  d.longest = Seconds{15};
  d.gates.push_back(
      {{engine::Measure::hip_height, engine::Combine::mean}, engine::When::extreme, {std::nullopt, 0.94}});
  d.form.push_back({.id = "trunk_forward",
                    .signal = {engine::Measure::trunk_flexion, engine::Combine::mean},
                    .when = engine::When::extreme,
                    .limits = {std::nullopt, rad(52)},
                    .full_deviation = rad(20),
                    .weight = 0.5,
                    .views = {engine::View::side, engine::View::oblique}});
  d.form.push_back({.id = "knees_in",
                    .signal = {engine::Measure::knee_separation, engine::Combine::mean},
                    .when = engine::When::extreme,
                    .limits = {0.8, std::nullopt},
                    .full_deviation = 0.35,
                    .weight = 0.5,
                    .views = {engine::View::front}});
  d.views = {engine::View::side, engine::View::oblique, engine::View::front};
  return d;
}

session::Figure standing_figure(Seconds time) {
  session::Figure figure{time, {}, {}};
  for (std::size_t l = 0; l < engine::kLandmarkCount; ++l) {
    const double i = static_cast<double>(l);
    figure.world_m[l] = Vec3<Camera>{0.01 * i, 0.05 * i - 0.7, -0.001 * i};
    figure.visibility[l] = l % 2 == 0 ? 0.987 : 0.25;
  }
  return figure;
}

session::RecordedRepetition complete_repetition() {
  session::RecordedRepetition r;
  r.start = Seconds{0.2};
  r.extreme = Seconds{0.6};
  r.end = Seconds{1.0004};
  r.range = session::MeasuredRange{
      engine::Measure::knee_flexion, std::nullopt, rad(4.567), rad(102.345), rad(11.1), 0.9014};
  r.ranges = {{engine::Measure::knee_flexion, engine::Side::left, rad(4.2), rad(101.9), rad(10.5), 0.95},
              {engine::Measure::knee_flexion, engine::Side::right, rad(5.1), rad(102.8), rad(11.8), 0.85},
              {engine::Measure::trunk_flexion, std::nullopt, rad(-2), rad(58.4), rad(10.5), 0.95},
              {engine::Measure::knee_separation, std::nullopt, 0.912, 1.0448, 0.053, 0.95}};
  r.tempo = {Seconds{0.35}, Seconds{0.1}, Seconds{0.35}};
  r.smoothness_sparc = -1.7254;
  r.peak_speed = rad(312.34);
  r.faults = {{"trunk_forward", rad(58.4), 0.32, 0.95}};
  r.quality.score = 83.04;
  r.quality.parts = {{engine::QualityPart::Of::range, 40, 40},
                     {engine::QualityPart::Of::tempo, 10.04, 20},
                     {engine::QualityPart::Of::smoothness, std::nullopt, 15},
                     {engine::QualityPart::Of::form, 21, 25}};
  r.figure = standing_figure(r.extreme);
  return r;
}

}  // namespace

session::SessionDocument small_session() {
  session::SessionDocument d;
  d.engine_version = "0.1.0";
  d.source = {session::SourceKind::video, "clip <1>.mp4",       720,          1280, Seconds{1.6}, Hertz{5},
              "2024-05-03T10:12:30Z",     std::string(64, 'b'), "--person 2", {}};
  d.models = {{"blazepose_full", std::string(64, 'a')}};
  d.exercise.facts = {"squat",
                      1,
                      "Squat",
                      "not clinically reviewed",
                      {"heels leaving the floor"},
                      {{"trunk_forward", "Leaning far forward"}, {"knees_in", "Knees falling inwards"}},
                      {engine::View::side, engine::View::oblique, engine::View::front}};
  d.exercise.definition = small_definition();
  d.exercise.frames = {9, 8, 1, 2};
  d.exercise.visibility = {{engine::Landmark::left_knee, 0.95}, {engine::Landmark::right_knee, 0.85123}};
  d.exercise.view = engine::View::side;
  for (int i = 0; i < 9; ++i) d.exercise.times.emplace_back(0.2 * i);
  using Values = std::vector<std::optional<double>>;
  const std::optional<double> gap;
  d.exercise.series.push_back(
      {engine::Measure::knee_flexion, engine::Side::left,
       Values{rad(4.2), rad(5), rad(60), rad(101.9), rad(55), rad(6), rad(20), gap, rad(70.004)}, 0.95});
  d.exercise.series.push_back({engine::Measure::knee_separation, std::nullopt,
                               Values{1.0, 1.0, 0.95, 0.912, 1.0448, gap, gap, gap, 1.0}, 0.9});
  d.exercise.repetitions.push_back(complete_repetition());
  session::RecordedRepetition open;
  open.outcome = engine::Outcome::open;
  open.start = Seconds{1.2};
  open.extreme = open.end = Seconds{1.6};
  d.exercise.repetitions.push_back(open);
  d.exercise.events = {{Seconds{0.8}, engine::CoachEventKind::repetition, 1, std::nullopt, ""},
                       {Seconds{0.8}, engine::CoachEventKind::cue, 1, std::nullopt, "trunk_forward"},
                       {Seconds{1.6}, engine::CoachEventKind::open, 1, std::nullopt, ""}};
  d.exercise.summary.repetitions_complete = 1;
  d.exercise.summary.repetitions_open = 1;
  d.exercise.summary.mean_quality = 83.04;
  d.exercise.summary.best_range = d.exercise.repetitions.front().range;
  d.exercise.summary.symmetry = {{engine::Measure::knee_flexion, rad(101.9), rad(102.8), -0.876}};
  d.warnings = {{"low_frame_rate", "Fewer than 20 pictures a second.", "Record at 30 pictures a second."},
                {"other_movements", "1 movement was seen that did not look like Squat.", ""}};
  return d;
}

session::SessionDocument simulated_session(const SampleOptions& o) {
  const auto catalog =
      or_abort(exercises::load_catalog(std::string{REPRISE_SOURCE_DIR} + "/catalog/exercises"));
  const exercises::CatalogExercise& exercise = *or_abort(exercises::find(catalog, o.exercise));
  engine::GenerateOptions generate_options = o.generate;
  const double azimuths_deg[] = {0, -45, -90, 180};  // front, oblique, side, back
  generate_options.camera.azimuth = Degrees{azimuths_deg[static_cast<std::size_t>(o.view)]};
  for (const exercises::CatalogFault& fault : exercise.movement.faults) {
    if (fault.produces == o.fault && !o.fault.empty())
      generate_options.faults.push_back({fault.add, o.faulty});
  }
  const auto movement = or_abort(engine::generate(exercise.movement.correct, generate_options));

  session::PassInput input;
  input.definition = exercise.definition;
  input.exercise = session::facts_of(exercise);
  input.source.kind = session::SourceKind::simulated;
  input.source.name = "simulated " + o.exercise;
  input.source.width_px = generate_options.camera.width_px;
  input.source.height_px = generate_options.camera.height_px;
  input.source.duration = movement.frames.back().time;
  input.coach.side = o.side;
  input.coach.ceiling = o.ceiling;
  return session::run_passes(input, movement.frames);
}

}  // namespace reprise
