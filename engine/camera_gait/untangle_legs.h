// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "engine/pose/landmarks.h"

namespace reprise::engine {

/// Unsourced defaults.
struct UntangleOptions {
  double exchange_cost = 30;  ///< of a second whose feet are as far apart as a trunk is long
  bool linear = false;        ///< large leaps cost by their length, not by its square
};

/// Gives each leg of a walker seen from the side its own name. Pose networks exchange left and right where
/// the legs pass each other. In each frame knee, ankle, heel and toes of both sides are kept or exchanged,
/// all together, so that they move on as they moved (the least change of velocity over all frames, by dynamic
/// programming); that the network is right more often than not, and most where the feet are far apart,
/// decides which leg is the left one. `frames`: one pass, in order; those without a pose stay as they are.
[[nodiscard]] std::vector<PoseFrame> untangle_legs(std::span<const PoseFrame> frames,
                                                   const UntangleOptions& options = {});

/// Exchanges the landmarks of both legs below the hips.
void exchange_legs(Pose& pose);

}  // namespace reprise::engine
