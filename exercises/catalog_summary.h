// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string_view>

#include "exercises/catalog.h"

namespace reprise::exercises {

/// Returns "full", "partial" or "timer", as in the files.
[[nodiscard]] std::string_view name(Judges judges);

/// Returns what identifies an exercise in a list: id, name (in English), version, regions, views,
/// main_measure, camera_judges, clinically_reviewed.
[[nodiscard]] nlohmann::ordered_json summary_of(const CatalogExercise& exercise);

}  // namespace reprise::exercises
