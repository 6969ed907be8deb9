// SPDX-License-Identifier: Apache-2.0
#include "exercises/pace.h"

#include <algorithm>
#include <cmath>

namespace reprise::exercises {
namespace {

constexpr Seconds kShortestRepetition{0.2};  // so that nothing is divided by zero
constexpr double kMostRepetitions = 1e6;

}  // namespace

Result<Pace> pace_of(const CatalogExercise& exercise) {
  engine::GenerateOptions once;
  once.repetitions = 1;
  once.before = once.after = Seconds{0};
  once.frame_rate = Hertz{1};
  const engine::MovementDefinition& movement = exercise.movement.correct;
  const auto drawn = engine::generate(movement, once);
  if (!drawn) return tl::unexpected(drawn.error());
  const engine::RepetitionTruth& truth = drawn->repetitions.front();
  const engine::Tempo& tempo = exercise.definition.tempo;
  Pace pace;
  pace.out = tempo.out.value_or(truth.extreme);
  pace.hold = tempo.hold.value_or(exercise.dosage.hold.value_or(truth.hold_end - truth.extreme));
  pace.back = tempo.back.value_or(truth.end - truth.hold_end);
  pace.extreme = truth.extreme / movement.duration;
  pace.hold_end = truth.hold_end / movement.duration;
  return pace;
}

PaceMoment moment_at(const Pace& pace, Seconds time) {
  const Seconds whole = std::max(duration(pace), kShortestRepetition);
  if (!(time >= Seconds{0})) return {};
  const double done = std::min(std::floor(time / whole), kMostRepetitions);
  const Seconds in_this = time - whole * done;
  const auto along = [](Seconds since, Seconds lasts, double from, double to) {
    return lasts > Seconds{0} ? from + (to - from) * std::min(1.0, since / lasts) : to;
  };
  PaceMoment moment;
  moment.repetition = static_cast<int>(done);
  if (in_this < pace.out) {
    moment.part = engine::MovementPart::out;
    moment.share = along(in_this, pace.out, 0, pace.extreme);
  } else if (in_this < pace.out + pace.hold) {
    moment.part = engine::MovementPart::extreme;
    moment.share = along(in_this - pace.out, pace.hold, pace.extreme, pace.hold_end);
  } else {
    moment.part = engine::MovementPart::back;
    moment.share = along(in_this - pace.out - pace.hold, pace.back, pace.hold_end, 1);
  }
  return moment;
}

}  // namespace reprise::exercises
