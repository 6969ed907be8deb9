// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "sensing/signals/signal_recording.h"

namespace reprise::sensing {

/// The table of an OpenSim file (MOT, STO): what follows its header. Empty: another text.
[[nodiscard]] std::string_view table_of_opensim(std::string_view text);

/// Says what the columns of ground reaction forces in an OpenSim table are: "l_ground_force_vy" is a vertical
/// force in N, "l_ground_force_px" a center of pressure in m, both of the sensor "l_ground_force", "_torque_"
/// a moment in N.m. x points forward, y up, z to the right. What a description says, stays.
void describe_opensim_forces(SignalRecording& recording);

}  // namespace reprise::sensing
