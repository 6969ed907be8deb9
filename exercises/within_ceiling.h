// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "exercises/catalog.h"

namespace reprise::exercises {

/// Returns the exercise with a reference movement that stays at or before the ceiling, for showing it: every
/// angle goes less far from where it starts. Of its faults, those stay that are still within it. Where
/// nothing of it can be shown, the movement rests. `ceiling`: rad or ratio, of the main measure; the
/// exercise's own applies, too.
[[nodiscard]] CatalogExercise within_ceiling(CatalogExercise exercise, std::optional<double> ceiling);

/// The farthest value of the main measure in one repetition of a movement, 0 at rest and 1 at the target, on
/// the side that works, or on either. Empty where it is not measured.
[[nodiscard]] std::optional<double> farthest_progress(const engine::ExerciseDefinition& definition,
                                                      const engine::MovementDefinition& movement,
                                                      const std::vector<engine::DofValue>& fault = {});

}  // namespace reprise::exercises
