// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "simulation/clinic/measured_set.h"

namespace reprise::simulation {

/// A set that the body model has moved through in front of a camera.
struct RecordedSet {
  session::SessionDocument document;  ///< by both passes
  std::string packed;                 ///< its landmarks (engine/pose/packed_landmarks.h)
};

/// Films the body model: as far and as well as `truth` says, by a body of this height. Errors: those of
/// `generate`.
[[nodiscard]] Result<RecordedSet> record_set(const SimulatedPrescription& prescription, const SetTruth& truth,
                                             double stature_m, Chance& chance);

}  // namespace reprise::simulation
