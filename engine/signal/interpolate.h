// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"

namespace reprise::engine {

enum class Interpolation : std::uint8_t {
  linear,
  pchip,  ///< piecewise cubic Hermite that keeps monotone data monotone and never overshoots
};

/// Slopes at the knots of a shape-preserving cubic: the weighted harmonic mean of the neighboring secants,
/// 0 where their signs differ (Fritsch & Butland's choice, as the documentation of SciPy's PchipInterpolator
/// gives it); at the ends the three-point formula, held back so that the shape is kept.
/// `times_s` rise strictly; at least two knots.
[[nodiscard]] std::vector<double> pchip_slopes(std::span<const double> times_s,
                                               std::span<const double> values);

/// Values between samples at uneven times. `times_s` rise strictly, at least two; `at_s` may be in any order
/// and must lie inside [first, last].
/// Errors: invalid_argument, nothing_measured (fewer than two samples).
[[nodiscard]] Result<std::vector<double>> interpolate(std::span<const double> times_s,
                                                      std::span<const double> values,
                                                      std::span<const double> at_s, Interpolation method);

}  // namespace reprise::engine
