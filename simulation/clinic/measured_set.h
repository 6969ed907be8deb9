// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "session/document.h"
#include "simulation/clinic/chance.h"
#include "simulation/clinic/prescribed.h"

namespace reprise::simulation {

/// The truth behind a set whose summary alone is stored.
struct SetTruth {
  double progress = 0;  ///< rest is 0, the exercise's target 1
  double form = 0;      ///< 0 to 60: the part of the quality besides range
  int complete = 0;
  int partial = 0;
};

/// A session document as the passes would have written it, with the noise of a camera, but without a movement
/// behind it. `chance`: of this set.
[[nodiscard]] session::SessionDocument summary_document(const SimulatedPrescription& prescription,
                                                        const SetTruth& truth, Chance& chance);

/// As the coach is told.
[[nodiscard]] std::optional<double> ceiling_of(const SimulatedPrescription& prescription);

/// How far a repetition goes: as `truth` says, but far enough to count, and not to the ceiling.
[[nodiscard]] double reached(const SimulatedPrescription& prescription, const SetTruth& truth);

/// Returns the least movement of a repetition that counts, as a share of the way to the target.
[[nodiscard]] double least_progress(const engine::ExerciseDefinition& definition);

/// About how long a set takes.
[[nodiscard]] Seconds set_duration(const SimulatedPrescription& prescription, int repetitions);

}  // namespace reprise::simulation
