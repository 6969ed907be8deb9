// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "exercises/catalog.h"

namespace reprise::exercises {

/// The games that suit an exercise.
struct EligibleGames {
  bool lifting = false;   ///< balloon, orchard
  bool leaning = false;   ///< river: shifting weight or leaning sideways
  bool reaching = false;  ///< lanterns: lifting an arm
};

/// Returns the games that may guide an exercise: a camera counts it, and watching a screen does no harm.
/// Excludes exercises that move the neck, stand on one leg, or whose positions all require lifting or turning
/// the head to see a screen. Of exercises that need balance or a support, only shifting weight and leaning to
/// a side before a camera in front stay, on both feet; the page starts them only once the support is
/// confirmed. Unsourced default.
[[nodiscard]] EligibleGames eligible_games(const CatalogExercise& exercise);

}  // namespace reprise::exercises
