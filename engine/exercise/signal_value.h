// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "engine/exercise/definition.h"
#include "engine/kinematics/measure_set.h"

namespace reprise::engine {

/// One number for a signal, and the side that gave it (empty: both, or no side).
struct SignalValue {
  double value = 0;  ///< rad or ratio
  double confidence = 0;
  std::optional<Side> side;
};

/// Which side a set is about, in the exercise's own words: empty = either or both.
using Prescribed = std::optional<Side>;

/// From the side that the exercise's words name to the side that works, and back: the other one where the
/// words name the resting limb.
[[nodiscard]] std::optional<Side> swap_named_and_working(const ExerciseDefinition& definition,
                                                         std::optional<Side> side);

/// The primary signal of an exercise at one instant. With a prescribed side a sided exercise reads that side
/// alone. Otherwise "larger" and "smaller" mean farther from or nearer to `definition.rest`; "working" and
/// "resting" read as "larger" and "smaller". Empty where what it needs was not measured.
[[nodiscard]] std::optional<SignalValue> primary_value(const ExerciseDefinition& definition,
                                                       const MeasureSet& measures,
                                                       std::optional<Side> working);

/// Another signal at the same instant; `working` is the side that does the repetition (empty: both).
/// "larger" and "smaller" compare the values themselves.
[[nodiscard]] std::optional<SignalValue> value_of(const Signal& signal, const MeasureSet& measures,
                                                  std::optional<Side> working);

/// The ceiling that binds: of the exercise's own and the programme's the one nearer to rest; rad or ratio.
[[nodiscard]] std::optional<double> binding_ceiling(const ExerciseDefinition& definition,
                                                    std::optional<double> prescribed);

/// Where a primary value stands between rest (0) and target (1). Beyond the target it goes on past 1.
[[nodiscard]] double progress(const ExerciseDefinition& definition, double value);

}  // namespace reprise::engine
