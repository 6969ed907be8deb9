#pragma once

#include "engine/exercise/repetition_detector.h"
#include "exercises/catalog.h"

namespace reprise {

/// How long the parts of one repetition should take, and where they lie in the movement that draws it.
struct Pace {
  Seconds out{0};
  Seconds hold{0};
  Seconds back{0};
  double extreme = 0;   ///< share of the drawn repetition at which the farthest posture is reached
  double hold_end = 1;  ///< and left
};

[[nodiscard]] inline Seconds duration(const Pace& pace) {
  return pace.out + pace.hold + pace.back;
}

/// The exercise's tempo; a part that it leaves open takes as long as in the drawn movement, a hold as long as
/// the dosage says. Errors: as `generate`.
[[nodiscard]] Result<Pace> pace_of(const CatalogExercise& exercise);

struct PaceMoment {
  double share = 0;  ///< of the drawn repetition, for a figure
  MovementPart part = MovementPart::rest;
  int repetition = 0;  ///< counted from 0
};

/// Where somebody is who keeps the pace, one repetition after the other; before 0 at rest.
[[nodiscard]] PaceMoment moment_at(const Pace& pace, Seconds time);

}  // namespace reprise
