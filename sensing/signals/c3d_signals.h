// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "sensing/motion_capture/c3d.h"
#include "sensing/signals/signal_recording.h"

namespace reprise::sensing {

/// The signals of a C3D file: a group "Force plate N" of each plate by its number in the file, with the
/// vertical force and the center of pressure in the laboratory (missing where the plate is not loaded), and a
/// group "analog" of all other channels (electromyography, accelerometers) as the file has them. Anterior is
/// the laboratory's first horizontal axis, positive, and mediolateral is positive to the right of a person
/// who faces along it, which a finding says. A stated unit that is not known stays as the file spells it.
/// Errors: nothing_measured (markers only; no sample of a channel).
[[nodiscard]] Result<SignalRecording> signals_from_c3d(const C3dRecording& recording);

}  // namespace reprise::sensing
