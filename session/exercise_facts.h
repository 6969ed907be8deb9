// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "exercises/catalog.h"
#include "session/document.h"

namespace reprise::session {

/// What a session document keeps of a catalog exercise, in `language` where it has it, else in English.
[[nodiscard]] ExerciseFacts facts_of(const exercises::CatalogExercise& exercise,
                                     std::string_view language = "en");

/// Whether the exercise begins with an upright trunk, so that a person across the picture means a turned
/// picture.
[[nodiscard]] bool is_upright(const exercises::CatalogExercise& exercise);

}  // namespace reprise::session
