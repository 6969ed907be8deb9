#pragma once

#include "exercises/catalog.h"

namespace reprise {

/// Whether a game may lead through an exercise: a camera counts it, and nothing in it is lost by looking at a
/// screen. Not where balance, a support or a helper is asked for, where the neck moves, and where no posture
/// that it may be done in lets somebody see a screen without lifting or turning the head. Unsourced default.
[[nodiscard]] bool is_game_eligible(const CatalogExercise& exercise);

}  // namespace reprise
