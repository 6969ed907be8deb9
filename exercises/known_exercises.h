// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/recognition/recognizer.h"
#include "exercises/catalog.h"

namespace reprise::exercises {

/// Exercises that a camera cannot tell apart, and why. They are recognized as one.
struct LookAlikes {
  std::string_view group;
  std::string_view why;
  std::vector<std::string_view> exercises;  ///< ids; unknown ones are ignored
};
[[nodiscard]] const std::vector<LookAlikes>& look_alikes();

/// The group of an exercise; its own id where nothing looks like it.
[[nodiscard]] std::string_view group_of(std::string_view exercise);

/// Whether many people do it, in gyms or in therapy. An unsourced default.
[[nodiscard]] bool is_common(std::string_view exercise);

/// The catalog as a recognizer takes it.
[[nodiscard]] std::vector<engine::KnownExercise> known_exercises(const std::vector<CatalogExercise>& catalog);

}  // namespace reprise::exercises
