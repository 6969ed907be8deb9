// SPDX-License-Identifier: Apache-2.0
#include "exercises/game_eligibility.h"

#include <algorithm>
#include <array>

namespace reprise::exercises {

bool is_game_eligible(const CatalogExercise& exercise) {
  if (exercise.judges == Judges::timer) return false;
  const FallsRule& falls = exercise.falls;
  if (falls.balance != Balance::none || falls.support_within_reach || !falls.starts_by_itself ||
      falls.high_risk_needs_helper_or_release) {
    return false;
  }
  const auto& regions = exercise.regions;
  if (std::find(regions.begin(), regions.end(), "neck") != regions.end()) return false;
  constexpr std::array<std::string_view, 3> kUpright = {"standing", "sitting", "long_sitting"};
  return std::find_first_of(exercise.positions.begin(), exercise.positions.end(), kUpright.begin(),
                            kUpright.end()) != exercise.positions.end();
}

}  // namespace reprise::exercises
