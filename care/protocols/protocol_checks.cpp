// SPDX-License-Identifier: Apache-2.0
#include "care/protocols/protocol_checks.h"

#include <algorithm>

#include "engine/exercise/signal_value.h"

namespace reprise::care {
namespace {

using Problems = std::vector<std::string>;

bool side_fits(TemplateSide side, const exercises::CatalogExercise& exercise) {
  if (side == TemplateSide::none) return !exercise.definition.sided;
  if (!exercise.definition.sided) return false;
  return side == TemplateSide::both ? exercise.sides.both : exercise.sides.left && exercise.sides.right;
}

// Scales a value: 0 at rest, 1 at the exercise's own target.
double way(const engine::ExerciseDefinition& definition, double value) {
  return engine::progress(definition, engine::from_degrees(definition.primary.measure, value));
}

bool plausible(const engine::ExerciseDefinition& definition, double value) {
  const engine::MeasureInfo& measure = engine::info(definition.primary.measure);
  const double raw = engine::from_degrees(definition.primary.measure, value);
  return raw >= measure.plausible_min && raw <= measure.plausible_max;
}

// Returns the binding ceiling on that scale; empty if there is none.
std::optional<double> ceiling_way(const TemplateExercise& one, const engine::ExerciseDefinition& definition) {
  const auto given = one.ceiling
                         ? std::optional{engine::from_degrees(definition.primary.measure, *one.ceiling)}
                         : std::nullopt;
  const auto binding = engine::binding_ceiling(definition, given);
  return binding ? std::optional{engine::progress(definition, *binding)} : std::nullopt;
}

void check_ranges(const TemplateExercise& one, const engine::ExerciseDefinition& definition,
                  const std::string& at, Problems& problems) {
  if (one.ceiling && (way(definition, *one.ceiling) <= 0 || !plausible(definition, *one.ceiling)))
    problems.push_back(at +
                       ": its ceiling lies at or before the rest position, or is impossible for a person");
  if (one.ceiling && definition.ceiling &&
      way(definition, *one.ceiling) > engine::progress(definition, *definition.ceiling)) {
    problems.push_back(at + ": its ceiling lies past the exercise's own");
  }
  if (!one.target) return;
  const double target = way(definition, *one.target);
  const auto ceiling = ceiling_way(one, definition);
  if (target <= 0 || !plausible(definition, *one.target))
    problems.push_back(at +
                       ": its target lies at or before the rest position, or is impossible for a person");
  if (ceiling && target > *ceiling) problems.push_back(at + ": its target lies past the ceiling");
}

void check_one(const TemplateExercise& one, const exercises::CatalogExercise& exercise, bool high_fall_risk,
               const std::string& at, Problems& problems) {
  const engine::ExerciseDefinition& definition = exercise.definition;
  if (!side_fits(one.side, exercise)) problems.push_back(at + ": the exercise is not done on that side");
  if (one.hold.has_value() != (definition.kind == engine::Kind::hold))
    problems.push_back(at + ": hold_s is required for a hold and refused elsewhere");
  check_ranges(one, definition, at, problems);
  if (exercise.falls.balance == exercises::Balance::none) return;
  if (one.support.empty()) problems.push_back(at + ": it needs balance, but names no support");
  if (high_fall_risk && !one.helper)
    problems.push_back(at + ": it needs balance where the risk of falls is high, but names no helper");
}

void check_criterion(const Criterion& criterion, const ProtocolPhase& phase,
                     const std::vector<exercises::CatalogExercise>& catalog, const std::string& at,
                     Problems& problems) {
  if (criterion.kind != CriterionKind::measure) return;
  const auto used =
      std::find_if(phase.exercises.begin(), phase.exercises.end(),
                   [&](const TemplateExercise& one) { return one.exercise == criterion.exercise; });
  const exercises::CatalogExercise* exercise = exercise_in(catalog, criterion.exercise);
  if (used == phase.exercises.end() || exercise == nullptr) {
    problems.push_back(at + ": a criterion looks at " + criterion.exercise +
                       ", which is not among the phase's exercises");
    return;
  }
  const engine::ExerciseDefinition& definition = exercise->definition;
  if (criterion.measure != engine::info(definition.primary.measure).name)
    return problems.push_back(at + ": a criterion looks at " + criterion.measure + ", which is not what " +
                              criterion.exercise + " measures");
  const bool rising = definition.target > definition.rest;
  const double value = way(definition, criterion.value);
  const auto ceiling = ceiling_way(*used, definition);
  if (criterion.at_least != rising)
    problems.push_back(at + ": a criterion of " + criterion.exercise + " compares the wrong way round");
  if (value <= 0 || !plausible(definition, criterion.value))
    problems.push_back(at + ": a criterion of " + criterion.exercise + " holds at rest, or never");
  if (ceiling && value > *ceiling)
    problems.push_back(at + ": a criterion of " + criterion.exercise + " lies past the ceiling");
}

}  // namespace

const exercises::CatalogExercise* exercise_in(const std::vector<exercises::CatalogExercise>& catalog,
                                              std::string_view id) {
  const auto found = std::find_if(catalog.begin(), catalog.end(), [&](const exercises::CatalogExercise& one) {
    return one.definition.id == id;
  });
  return found == catalog.end() ? nullptr : &*found;
}

Problems check_phase(const Protocol& protocol, const ProtocolPhase& phase,
                     const std::vector<exercises::CatalogExercise>& catalog) {
  Problems problems;
  for (std::size_t i = 0; i < phase.exercises.size(); ++i) {
    const TemplateExercise& one = phase.exercises[i];
    const std::string at = "phase " + phase.id + ", " + one.exercise;
    const exercises::CatalogExercise* exercise = exercise_in(catalog, one.exercise);
    if (exercise == nullptr) {
      problems.push_back(at + ": the catalog does not have it");
      continue;
    }
    const auto twice = [&](const TemplateExercise& other) { return other.exercise == one.exercise; };
    if (std::any_of(phase.exercises.begin(), phase.exercises.begin() + static_cast<std::ptrdiff_t>(i), twice))
      problems.push_back(at + ": it stands in the phase twice");
    check_one(one, *exercise, protocol.high_fall_risk, at, problems);
  }
  for (const Criterion& criterion : phase.criteria)
    check_criterion(criterion, phase, catalog, "phase " + phase.id, problems);
  return problems;
}

Problems check_protocol(const Protocol& protocol, const std::vector<exercises::CatalogExercise>& catalog) {
  Problems problems;
  for (const ProtocolPhase& phase : protocol.phases) {
    Problems found = check_phase(protocol, phase, catalog);
    std::move(found.begin(), found.end(), std::back_inserter(problems));
  }
  return problems;
}

}  // namespace reprise::care
