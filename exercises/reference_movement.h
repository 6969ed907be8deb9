// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "engine/synthesis/generate.h"
#include "exercises/catalog.h"
#include "json/problem.h"

namespace reprise::exercises {

/// A camera that films the person from there; from the side, the working right one is the near one.
[[nodiscard]] engine::VirtualCamera camera_for(engine::View view);

/// The simulated patient of an exercise: films `repetitions` of its movement from `view`, on a body of
/// ordinary build, right side working. `fault` (of exercise.movement.faults) is built in where given.
[[nodiscard]] Result<engine::GeneratedMovement> simulate(const CatalogExercise& exercise, engine::View view,
                                                         int repetitions,
                                                         const CatalogFault* fault = nullptr);

/// Shows the exercise's own movement to the live coach, as a person would: the right movement must count from
/// every view without a fault, each fault must be noticed as what it claims, what breaks a gate must not
/// count. Says what does not hold. `file` names the file in the problems.
[[nodiscard]] std::vector<json::Problem> check_reference_movement(const CatalogExercise& exercise,
                                                                  const std::string& file);

}  // namespace reprise::exercises
