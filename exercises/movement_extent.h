// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/exercise/definition.h"
#include "engine/synthesis/generate.h"

namespace reprise::exercises {

/// Fills in what follows from the movement that draws an exercise: how high its points come, whether a
/// hand comes near the height of the head, which gestures it leaves free, which way "farther" is, and through
/// which positions it passes. A movement that cannot be drawn has no reach, and its hands count as up, so
/// that no signal is read into it.
void derive_from_movement(const engine::MovementDefinition& movement, engine::ExerciseDefinition& into);

}  // namespace reprise::exercises
