// SPDX-License-Identifier: Apache-2.0
#include "simulation/clinic/measured_set.h"

#include <algorithm>
#include <cmath>

#include "engine/exercise/signal_value.h"
#include "session/exercise_facts.h"
#include "session/passes.h"

namespace reprise::simulation {
namespace {

// Unsourced defaults: deviations of where a camera stands that day, and of one repetition from the others.
constexpr double kViewErrorDeg = 3;
constexpr double kViewErrorRatio = 0.015;
constexpr double kRepetitionError = 0.02;  // of the way to the target
constexpr double kRangePoints = 40;        // of the quality (QualityWeights)
constexpr double kConfidence = 0.9;
constexpr double kHalfWidthDeg = 11;
constexpr double kHalfWidthRatio = 0.055;
constexpr double kShortOfCeiling = 0.97;

double view_error(Chance& chance, engine::Measure measure) {
  return engine::is_angle(measure) ? engine::from_degrees(measure, chance.normal(0, kViewErrorDeg))
                                   : chance.normal(0, kViewErrorRatio);
}

session::MeasuredRange range_of(const engine::ExerciseDefinition& definition, double reached, double error,
                                std::optional<engine::Side> side, Chance& chance) {
  const double way = definition.target - definition.rest;
  const double extreme = definition.rest + reached * way + error;
  const double other = definition.rest + chance.normal(0.02, 0.01) * way + error;
  session::MeasuredRange range{definition.primary.measure, side, std::min(extreme, other),
                               std::max(extreme, other),   0,    kConfidence};
  range.uncertainty =
      engine::is_angle(range.measure) ? engine::from_degrees(range.measure, kHalfWidthDeg) : kHalfWidthRatio;
  return range;
}

bool farther(const engine::ExerciseDefinition& definition, const session::MeasuredRange& a,
             const session::MeasuredRange& b) {
  return definition.target > definition.rest ? a.max > b.max : a.min < b.min;
}

}  // namespace

std::optional<double> ceiling_of(const SimulatedPrescription& prescription) {
  const engine::ExerciseDefinition& definition = prescription.exercise->definition;
  std::optional<double> own;
  if (prescription.ceiling) own = engine::from_degrees(definition.primary.measure, *prescription.ceiling);
  return engine::binding_ceiling(definition, own);
}

double reached(const SimulatedPrescription& prescription, const SetTruth& truth) {
  const engine::ExerciseDefinition& definition = prescription.exercise->definition;
  const double reach = std::max(truth.progress, least_progress(definition));
  const auto ceiling = ceiling_of(prescription);
  return ceiling ? std::min(reach, kShortOfCeiling * engine::progress(definition, *ceiling)) : reach;
}

double least_progress(const engine::ExerciseDefinition& definition) {
  const double needed = definition.min_excursion / std::abs(definition.target - definition.rest);
  return definition.kind == engine::Kind::hold ? 1.02 : std::min(0.95, 1.25 * needed);
}

Seconds set_duration(const SimulatedPrescription& prescription, int repetitions) {
  const Seconds each = prescription.hold && prescription.exercise->definition.kind == engine::Kind::hold
                           ? *prescription.hold + Seconds{8}
                           : prescription.exercise->movement.correct.duration + Seconds{0.5};
  return repetitions * each + Seconds{6};
}

session::SessionDocument summary_document(const SimulatedPrescription& prescription, const SetTruth& truth,
                                          Chance& chance) {
  const exercises::CatalogExercise& exercise = *prescription.exercise;
  session::SessionDocument document;
  document.engine_version = session::engine_version();
  document.source.kind = session::SourceKind::simulated;
  document.source.name = "simulated " + exercise.definition.id;
  document.source.duration = set_duration(prescription, truth.complete + truth.partial);
  document.exercise.facts = session::facts_of(exercise);
  document.exercise.definition = exercise.definition;
  document.exercise.prescribed_side = prescription.side;
  document.exercise.ceiling = ceiling_of(prescription);
  const engine::ExerciseDefinition& definition = document.exercise.definition;
  const double reach = reached(prescription, truth);
  const double error = view_error(chance, definition.primary.measure);
  for (int i = 0; i < truth.complete; ++i) {
    session::RecordedRepetition r;
    if (definition.sided)
      r.side = prescription.side.value_or(i % 2 == 0 ? engine::Side::left : engine::Side::right);
    r.range = range_of(definition, reach + chance.normal(0, kRepetitionError), error,
                       engine::swap_named_and_working(definition, r.side), chance);
    if (prescription.hold && definition.kind == engine::Kind::hold)
      r.tempo.hold = Seconds{std::max(
          2.0, prescription.hold->value() * std::min(1.0, truth.progress + 0.1) + chance.normal(0, 1))};
    document.exercise.repetitions.push_back(std::move(r));
  }
  document.exercise.summary.repetitions_complete = truth.complete;
  document.exercise.summary.repetitions_partial = truth.partial;
  if (truth.complete == 0) return document;
  document.exercise.summary.mean_quality =
      std::clamp(kRangePoints * std::clamp(reach, 0.0, 1.0) + truth.form, 5.0, 99.0);
  if (document.exercise.ceiling) return document;
  for (const session::RecordedRepetition& r : document.exercise.repetitions) {
    auto& best = document.exercise.summary.best_range;
    if (!best || farther(definition, *r.range, *best)) best = r.range;
  }
  return document;
}

}  // namespace reprise::simulation
