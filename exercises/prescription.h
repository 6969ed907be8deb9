// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "base/result.h"
#include "engine/exercise/coach.h"

namespace reprise::exercises {

/// What a programme or a command says about one set, as people write it.
struct Prescription {
  engine::Prescribed side = {};
  std::optional<double> ceiling = {};  ///< of the primary measure: degrees, or the ratio
};

/// The coach's options for a prescription. Error: invalid_argument, where the ceiling is not finite or lies
/// at or before the exercise's rest position.
[[nodiscard]] Result<engine::CoachOptions> coach_options(const engine::ExerciseDefinition& definition,
                                                         const Prescription& prescription);

}  // namespace reprise::exercises
