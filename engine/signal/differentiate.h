// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "base/result.h"

namespace reprise::engine {

/// The first derivative at each sample, times uneven: the slope of the parabola through a sample and its two
/// neighbors (at the ends: of the first or last three), so it is exact on parabolas. It smooths nothing.
/// `times_s` rise strictly. Result in the unit of the values per second.
/// Errors: invalid_argument, nothing_measured (fewer than three samples).
[[nodiscard]] Result<std::vector<double>> differentiate(std::span<const double> times_s,
                                                        std::span<const double> values);

}  // namespace reprise::engine
