// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "exercises/catalog.h"

namespace reprise::exercises {

/// Checks whether a game may guide an exercise: a camera counts it, and watching a screen does no harm.
/// Excludes exercises that need balance, a support or a helper, that move the neck, or whose positions all
/// require lifting or turning the head to see a screen. Unsourced default.
[[nodiscard]] bool is_game_eligible(const CatalogExercise& exercise);

}  // namespace reprise::exercises
