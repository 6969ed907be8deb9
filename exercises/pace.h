// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/exercise/repetition_detector.h"
#include "exercises/catalog.h"

namespace reprise::exercises {

/// The target durations of a repetition's parts, and their places in the reference movement.
struct Pace {
  Seconds out{0};
  Seconds hold{0};
  Seconds back{0};
  double extreme = 0;   ///< share of the reference movement at which the farthest posture is reached
  double hold_end = 1;  ///< and at which it is left
};

[[nodiscard]] inline Seconds duration(const Pace& pace) {
  return pace.out + pace.hold + pace.back;
}

/// Returns the exercise's tempo. An open part takes as long as in the reference movement, a hold as long as
/// the dosage says. Errors: as `generate`.
[[nodiscard]] Result<Pace> pace_of(const CatalogExercise& exercise);

struct PaceMoment {
  double share = 0;  ///< of the reference movement, for a figure
  engine::MovementPart part = engine::MovementPart::rest;
  int repetition = 0;  ///< counted from 0
};

/// Returns the moment of the reference movement at `time`, repetition after repetition; at rest before 0.
[[nodiscard]] PaceMoment moment_at(const Pace& pace, Seconds time);

}  // namespace reprise::exercises
