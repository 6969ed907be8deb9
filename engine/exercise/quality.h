// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/exercise/coach.h"

namespace reprise::engine {

/// A part of a repetition's quality, with its points and the possible points.
struct QualityPart {
  enum class Of : std::uint8_t { range, tempo, smoothness, form } of;
  std::optional<double> points;  ///< empty: not measured
  double possible = 0;
};
[[nodiscard]] std::string_view name(QualityPart::Of part);

/// Movement quality of one repetition, 0 to 100: the measured parts' points, scaled by the possible points.
/// It compares a person with the exercise's own targets; it is not a clinical score and has no published
/// validity.
struct Quality {
  std::optional<double> score;  ///< empty if less than half of the possible points were measured
  std::vector<QualityPart> parts;
};

/// The inputs of the quality.
struct QualityInput {
  double range_progress = 0;      ///< extreme of the primary signal: 0 rest, 1 target
  std::optional<double> ceiling;  ///< progress that must not be passed
  Seconds out{0};
  Seconds hold{0};
  Seconds back{0};
  std::optional<double> sparc;  ///< spectral arc length of the primary's speed, the worse of out and back
  std::optional<std::vector<Fault>> faults;  ///< empty: no rule could be judged
};

/// range: share of the target reached, full at the target, none past a ceiling. tempo: each judged part full
/// within 1.5 times its wanted duration, none beyond 3 times (either way, on a log scale). smoothness: SPARC
/// full at -1.6 or above, none at -3.5. form: all points less each fault's weight times its amount.
/// Thresholds are unsourced defaults.
[[nodiscard]] Quality assess_quality(const ExerciseDefinition& definition, const QualityInput& input);

}  // namespace reprise::engine
