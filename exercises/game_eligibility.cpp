// SPDX-License-Identifier: Apache-2.0
#include "exercises/game_eligibility.h"

#include <algorithm>
#include <array>

namespace reprise::exercises {
namespace {

using engine::Measure;

template <class Range, class Value>
bool has(const Range& range, const Value& value) {
  return std::find(range.begin(), range.end(), value) != range.end();
}

bool is_watched_upright(const CatalogExercise& exercise) {
  constexpr std::array<std::string_view, 3> kUpright = {"standing", "sitting", "long_sitting"};
  return exercise.judges != Judges::timer && !has(exercise.regions, "neck") &&
         std::find_first_of(exercise.positions.begin(), exercise.positions.end(), kUpright.begin(),
                            kUpright.end()) != exercise.positions.end();
}

bool needs_no_balance(const FallsRule& falls) {
  return falls.balance == Balance::none && !falls.support_within_reach && falls.starts_by_itself &&
         !falls.high_risk_needs_helper_or_release;
}

bool leans_or_shifts(const CatalogExercise& exercise) {
  const Measure measure = exercise.definition.primary.measure;
  return exercise.definition.kind == engine::Kind::repetitions &&
         (measure == Measure::hip_shift || measure == Measure::trunk_inclination) &&
         has(exercise.definition.views, engine::View::front);
}

bool lifts_an_arm(const CatalogExercise& exercise) {
  constexpr std::array<Measure, 3> kArm = {Measure::shoulder_elevation, Measure::shoulder_flexion,
                                           Measure::shoulder_abduction};
  return exercise.definition.kind == engine::Kind::repetitions &&
         has(kArm, exercise.definition.primary.measure) &&
         exercise.definition.target > exercise.definition.rest;
}

}  // namespace

EligibleGames eligible_games(const CatalogExercise& exercise) {
  EligibleGames games;
  if (!is_watched_upright(exercise)) return games;
  games.lifting = needs_no_balance(exercise.falls);
  games.reaching = games.lifting && lifts_an_arm(exercise);
  const bool on_both_feet = exercise.falls.balance == Balance::standing &&
                            exercise.falls.support_within_reach && !exercise.falls.starts_by_itself;
  games.leaning = leans_or_shifts(exercise) && (games.lifting || on_both_feet);
  return games;
}

}  // namespace reprise::exercises
