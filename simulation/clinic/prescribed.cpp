// SPDX-License-Identifier: Apache-2.0
#include "simulation/clinic/prescribed.h"

#include <algorithm>
#include <cmath>

#include "simulation/clinic/chance.h"

namespace reprise::simulation {
namespace {

constexpr double kEarlyTarget = 0.85;  // of the way, in the first programme

constexpr Seconds kLongestSet{30};  // unsourced default

double rounded(const exercises::CatalogExercise& exercise, double value) {
  const double step = engine::is_angle(exercise.definition.primary.measure) ? 5 : 0.01;
  return std::round(value / step) * step;
}

SimulatedPrescription prescribe(Chance& chance, const SimulatedPerson& person,
                                const exercises::CatalogExercise& exercise, bool late) {
  SimulatedPrescription one;
  one.exercise = &exercise;
  one.request = chance.uuid();
  if (exercise.definition.sided) {
    one.both = !person.pathway->sided && exercise.sides.both;
    if (!one.both) one.side = person.side;
  }
  // A set of slow repetitions is no longer than others.
  const double each = exercise.movement.correct.duration.value() + 0.5;
  const int fit = std::max(4, static_cast<int>(kLongestSet.value() / each));
  one.repetitions = std::clamp(exercise.dosage.repetitions - (late ? 0 : 2), 3, std::min(late ? 10 : 8, fit));
  if (exercise.dosage.hold) one.hold = Seconds{late ? exercise.dosage.hold->value() : 10.0};
  return one;
}

}  // namespace

double value_at(const exercises::CatalogExercise& exercise, double progress) {
  const engine::ExerciseDefinition& definition = exercise.definition;
  return engine::in_degrees(definition.primary.measure,
                            definition.rest + progress * (definition.target - definition.rest));
}

Result<std::vector<SimulatedProgramme>> programmes_of(
    std::uint64_t seed, const SimulatedPerson& person, int days,
    const std::vector<exercises::CatalogExercise>& catalog) {
  Chance chance{seed, {static_cast<std::uint64_t>(person.number), 3}};
  std::vector<SimulatedProgramme> programmes;
  for (const bool late : {false, true}) {
    if (late && person.change_day >= days) break;
    SimulatedProgramme programme;
    programme.id = chance.uuid();
    programme.first_day = late ? person.change_day : person.first_day;
    programme.end_day = late ? days : person.change_day;
    for (const std::string_view id : late ? person.pathway->late : person.pathway->early) {
      const auto exercise = exercises::find(catalog, id);
      if (!exercise) return tl::unexpected(exercise.error());
      SimulatedPrescription one = prescribe(chance, person, **exercise, late);
      if (programme.exercises.empty() && !late && (*exercise)->definition.kind == engine::Kind::repetitions) {
        one.ceiling = person.pathway->ceiling;
        one.target =
            rounded(**exercise, one.ceiling ? *one.ceiling - 10 : value_at(**exercise, kEarlyTarget));
      }
      programme.exercises.push_back(std::move(one));
    }
    programmes.push_back(std::move(programme));
  }
  return programmes;
}

}  // namespace reprise::simulation
