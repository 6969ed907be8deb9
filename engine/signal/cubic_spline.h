// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "base/result.h"

namespace reprise::engine {

/// Values of the cubic spline through samples at uneven times: twice continuously differentiable, and one
/// cubic across the first and across the last two intervals ("not a knot"; a parabola through three samples,
/// a line through two). `times_s` rise strictly, at least two; `at_s` in any order, inside [first, last].
/// Errors: invalid_argument, nothing_measured (fewer than two samples).
[[nodiscard]] Result<std::vector<double>> cubic_spline(std::span<const double> times_s,
                                                       std::span<const double> values,
                                                       std::span<const double> at_s);

}  // namespace reprise::engine
