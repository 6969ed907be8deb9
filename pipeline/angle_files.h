// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/result.h"
#include "engine/kinematics/marker_angles.h"
#include "session/document.h"

namespace reprise::pipeline {

// Angles over time as files: angles.csv for a spreadsheet, angles.mot for OpenSim; both in degrees. A column
// of the .mot file has OpenSim's name, and then OpenSim's sign, where it means the same
// (docs/reference/frames-and-units.md); else our own. A missing measurement is an empty cell, and NaN in the
// .mot file.

[[nodiscard]] Result<std::string> angles_csv(const session::SessionDocument& document);
[[nodiscard]] Result<std::string> angles_mot(const session::SessionDocument& document);

/// `recording`: the source of the angles; gives times and whether it is simulated.
[[nodiscard]] Result<std::string> angles_csv(const engine::MarkerAngles& angles,
                                             const engine::MarkerRecording& recording);
[[nodiscard]] Result<std::string> angles_mot(const engine::MarkerAngles& angles,
                                             const engine::MarkerRecording& recording);

}  // namespace reprise::pipeline
