// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "engine/inverse_kinematics/rig_rays.h"

namespace reprise::engine {

/// Finds where a camera's network took one leg for the other, which from the side it often does: by frame and
/// view, whether knees, ankles and feet are exchanged. The sequence whose rays meet best, whose legs move on
/// at their speed, keep their thighs' length and stay below their own hips, and which believes most a camera
/// in front or behind (Viterbi; each sequence that is left over knows its legs' speed). Looks at up to four
/// cameras; of more, none is found exchanged, because the others outvote it. `times`: of the frames.
[[nodiscard]] std::vector<std::vector<bool>> exchanged_legs(const RigRays& rig,
                                                            std::span<const Seconds> times);

/// A view with its legs exchanged.
[[nodiscard]] SeenSlopes with_legs_exchanged(const SeenSlopes& seen);

/// Knees, ankles and feet of the left; their `mirrored` are those of the right.
[[nodiscard]] std::span<const Landmark> left_leg();

}  // namespace reprise::engine
