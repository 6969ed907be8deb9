// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "base/result.h"
#include "pipeline/motion.h"
#include "pipeline/outputs.h"

namespace reprise::pipeline {

/// The fitted body for OpenSim: body.osim (the person's lengths as a model, the landmarks as its markers),
/// body.trc (where the fitted body has them) and body.mot (its coordinates), so that inverse kinematics of
/// the first two gives the third. Of several cameras in the room, y up, only moments at which two of them see
/// both hips; of one camera from mid-hips, x towards the camera, y up. Empty in a moment: landmarks that are
/// not visible (kMinVisibility), and coordinates that move no visible one. Masses are shares of `mass_kg`;
/// empty: of 1 kg, so that forces are those per kilogram. No file where no body was fitted. Errors: those of
/// the writers.
[[nodiscard]] Result<std::vector<OutputFile>> body_files(const Motion& motion, std::optional<double> mass_kg);

}  // namespace reprise::pipeline
