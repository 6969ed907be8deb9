// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "exercises/catalog.h"

namespace reprise::exercises {

/// Returns the leg that bears the weight in a one-legged exercise on the prescribed side (as the exercise
/// names it), from the reference movement. Empty if both feet bear weight, or if undecided.
[[nodiscard]] std::optional<engine::Side> standing_leg(const CatalogExercise& exercise,
                                                       engine::Side prescribed);

}  // namespace reprise::exercises
