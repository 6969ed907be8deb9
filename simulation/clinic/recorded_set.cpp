// SPDX-License-Identifier: Apache-2.0
#include "simulation/clinic/recorded_set.h"

#include <algorithm>
#include <cmath>

#include "engine/exercise/signal_value.h"
#include "engine/pose/packed_landmarks.h"
#include "exercises/reference_movement.h"
#include "session/exercise_facts.h"
#include "session/passes.h"

namespace reprise::simulation {
namespace {

// Unsourced defaults.
constexpr Hertz kFilmRate{20};  // a phone's are 24 to 30; below 20 smoothness is not measured
constexpr Meters kLandmarkNoise{0.004};
constexpr double kWellDone = 59;      // from this form on no fault is drawn
constexpr double kWorstDone = 47;     // at this form one is drawn in all repetitions
constexpr double kMiscounted = 0.25;  // share of repetitions by which a fault may not change the count

// How far the drawn movement goes at a range of 1: the largest progress of an undisturbed repetition.
Result<double> drawn_progress(const exercises::CatalogExercise& exercise,
                              const engine::GenerateOptions& like) {
  engine::GenerateOptions options = like;
  options.repetitions = 1;
  options.noise = Meters{0};
  options.faults.clear();
  options.range_scale = 1;
  const auto movement = engine::generate(exercise.movement.correct, options);
  if (!movement) return tl::unexpected(movement.error());
  const auto working = exercise.definition.sided
                           ? std::optional{options.mirror ? engine::Side::left : engine::Side::right}
                           : std::nullopt;
  double farthest = 0;
  for (const engine::PoseFrame& frame : movement->frames) {
    if (!frame.pose) continue;
    const auto value = engine::primary_value(exercise.definition, engine::MeasureSet{*frame.pose}, working);
    if (value) farthest = std::max(farthest, engine::progress(exercise.definition, value->value));
  }
  return farthest;
}

engine::GenerateOptions filmed_as(const SimulatedPrescription& prescription, double stature_m,
                                  Chance& chance) {
  const engine::ExerciseDefinition& definition = prescription.exercise->definition;
  engine::GenerateOptions options;
  // The catalog draws the right side working.
  options.mirror = engine::swap_named_and_working(definition, prescription.side) == engine::Side::left;
  options.camera =
      exercises::camera_for(definition.views.empty() ? engine::View::side : definition.views.front());
  const double stood = to_degrees(options.camera.azimuth).value() * (options.mirror ? -1 : 1);
  options.camera.azimuth = Degrees{stood + chance.normal(0, 4)};
  const double taller = std::max(1.0, stature_m / engine::BodyShape{}.stature.value());
  options.camera.distance = options.camera.distance * taller;
  options.camera.height = options.camera.height * taller;
  options.frame_rate = kFilmRate;
  options.noise = kLandmarkNoise;
  options.body.stature = Meters{stature_m};
  options.seed = static_cast<std::uint64_t>(chance.whole(1, 1'000'000));
  options.duration_scale = chance.between(0.9, 1.1);
  return options;
}

void add_faults(const exercises::CatalogExercise& exercise, const SetTruth& truth, Chance& chance,
                engine::GenerateOptions& options) {
  std::vector<const exercises::CatalogFault*> possible;
  for (const exercises::CatalogFault& fault : exercise.movement.faults) {
    const bool judged = std::any_of(exercise.definition.form.begin(), exercise.definition.form.end(),
                                    [&](const engine::FormRule& rule) { return rule.id == fault.produces; });
    if (judged && !fault.instead && !fault.add.empty()) possible.push_back(&fault);
  }
  if (possible.empty()) return;
  const exercises::CatalogFault& shown =
      *possible[static_cast<std::size_t>(chance.whole(0, static_cast<int>(possible.size()) - 1))];
  const double share = (kWellDone - truth.form) / (kWellDone - kWorstDone);
  engine::PlannedFault planned{shown.add, {}};
  for (int i = 0; i < options.repetitions; ++i) {
    if (chance.happens(share)) planned.repetitions.push_back(static_cast<std::size_t>(i));
  }
  if (!planned.repetitions.empty()) options.faults.push_back(std::move(planned));
}

session::PassInput filmed_input(const SimulatedPrescription& prescription,
                                const engine::GenerateOptions& options) {
  session::PassInput input;
  input.definition = prescription.exercise->definition;
  input.exercise = session::facts_of(*prescription.exercise);
  input.source.kind = session::SourceKind::simulated;
  input.source.name = "simulated " + input.definition.id;
  input.source.width_px = options.camera.width_px;
  input.source.height_px = options.camera.height_px;
  input.coach.side = prescription.side;
  input.coach.ceiling = ceiling_of(prescription);
  return input;
}

Result<RecordedSet> film(const SimulatedPrescription& prescription, const engine::GenerateOptions& options) {
  const auto movement = engine::generate(prescription.exercise->movement.correct, options);
  if (!movement) return tl::unexpected(movement.error());
  session::PassInput input = filmed_input(prescription, options);
  input.source.duration = movement->frames.back().time;
  RecordedSet set;
  set.document = session::run_passes(input, movement->frames);
  set.packed =
      engine::pack_landmarks({movement->frames, true, options.camera.width_px, options.camera.height_px});
  return set;
}

}  // namespace

Result<RecordedSet> record_set(const SimulatedPrescription& prescription, const SetTruth& truth,
                               double stature_m, Chance& chance) {
  const exercises::CatalogExercise& exercise = *prescription.exercise;
  const engine::ExerciseDefinition& definition = exercise.definition;
  engine::GenerateOptions options = filmed_as(prescription, stature_m, chance);
  options.repetitions = truth.complete;
  const auto whole = drawn_progress(exercise, options);
  if (!whole) return tl::unexpected(whole.error());
  const double reach = reached(prescription, truth);
  options.range_scale =
      definition.kind == engine::Kind::hold ? 1 : std::clamp(reach / std::max(0.2, *whole), 0.3, 1.2);
  for (int i = 0; i < truth.complete; ++i)
    options.range_scale_each.push_back(std::max(0.8, chance.normal(1, 0.02)));
  add_faults(exercise, truth, chance, options);
  auto set = film(prescription, options);
  if (!set || options.faults.empty()) return set;
  // With little range some faults make another movement of it, which the coach does not count.
  const int counted = set->document.exercise.summary.repetitions_complete;
  if (std::abs(counted - truth.complete) <= kMiscounted * truth.complete) return set;
  options.faults.clear();
  return film(prescription, options);
}

}  // namespace reprise::simulation
