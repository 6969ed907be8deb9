// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "pipeline/simulated_recording.h"

namespace reprise::pipeline {

/// truth.json of a generated movement: how it was asked for, when each repetition happened, and every joint
/// angle in every frame as it was drawn, before noise (schema "reprise.truth/1", docs/guide/command.md).
/// Labeled simulated.
[[nodiscard]] std::string truth_json(const exercises::CatalogExercise& exercise,
                                     const SimulationOptions& asked, const Simulation& simulation,
                                     const engine::GeneratedMovement& movement);

}  // namespace reprise::pipeline
