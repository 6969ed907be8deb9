// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "base/side.h"
#include "base/units.h"
#include "engine/pose/landmarks.h"

namespace reprise::engine {

/// Flexion of a shoulder in the picture of one who is filmed from the side: of the upper arm against the line
/// from mid-shoulders to mid-hips, as `Measure::shoulder_flexion` counts it. Depth, which one camera guesses,
/// is not in it. `facing`: as `facing_azimuth`, of a person across the view. Empty without picture positions
/// or where points coincide.
[[nodiscard]] std::optional<Radians> shoulder_flexion_in_picture(const Pose& pose, Side side, Radians facing);

}  // namespace reprise::engine
