// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/recognition/movement_cycle.h"

namespace reprise::engine {

/// Mean square deviation of an observed cycle (camera axes) from a template (camera axes of a camera in
/// front), in units of the noise expected, from the direction about the vertical and at the phases where it
/// is least. `measured`: lines that the exercise measures; the others count less. Stops early above
/// `worth_less`, and returns any value above it.
[[nodiscard]] float cycle_distance(const MovementCycle& observed, const MovementCycle& drawn,
                                   const PerBodyLine<bool>& measured, float worth_less);

}  // namespace reprise::engine
