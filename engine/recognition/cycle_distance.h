// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/recognition/movement_cycle.h"

namespace reprise::engine {

/// A direction about the vertical that a template is seen from.
struct SeenFrom {
  float mean;  ///< how far apart where the lines point on average is: a part of the distance
  std::size_t direction;
};
inline constexpr std::size_t kDirectionsTried = 3;

/// From where a template fits best on average, best first. `measured`: lines that the exercise measures; the
/// others count less.
[[nodiscard]] std::array<SeenFrom, kDirectionsTried> nearest_directions(const MovementCycle& observed,
                                                                        const MovementCycle& drawn,
                                                                        const PerBodyLine<bool>& measured);

/// Mean square deviation of an observed cycle (camera axes) from a template (camera axes of a camera in
/// front), in units of the noise expected, from the direction of `nearest` and at the phases where it is
/// least. Stops early above `worth_less`, and returns any value above it.
[[nodiscard]] float cycle_distance(const MovementCycle& observed, const MovementCycle& drawn,
                                   const PerBodyLine<bool>& measured,
                                   const std::array<SeenFrom, kDirectionsTried>& nearest, float worth_less);

}  // namespace reprise::engine
