// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>

#include "exercises/catalog.h"

namespace reprise::exercises {

/// Turns a document without problems (schema and check_meaning) into an exercise; degrees become radians.
[[nodiscard]] CatalogExercise read_exercise(const nlohmann::json& document);

}  // namespace reprise::exercises
