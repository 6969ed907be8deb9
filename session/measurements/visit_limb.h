// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>

#include "engine/kinematics/measure.h"
#include "session/measurements/visit.h"

namespace reprise::session {

/// How well the far end of a limb was seen during a movement.
struct LimbSight {
  bool hidden = false;     ///< neither an angle nor its ± is to be trusted
  Radians off_picture{0};  ///< the angle may be wrong by so much beside its ±
};

/// Of the lower leg in a test of the knee, which moves across the view and so keeps its length in the
/// picture. Seen shorter than at rest, just before and after, it is turned out of the picture, or the ankle
/// was seen at a wrong place, as where a helper's arms hide it. Of other measures nothing is said. `patient`:
/// as seen.
[[nodiscard]] LimbSight sight_of_limb(std::span<const engine::PoseFrame> patient, engine::Measure measure,
                                      std::optional<Side> side, Seconds start, Seconds extreme, Seconds end);

}  // namespace reprise::session
