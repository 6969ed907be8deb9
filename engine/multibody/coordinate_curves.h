// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "engine/signal/piecewise_polynomial.h"

namespace reprise::engine {

/// Curves through coordinates over time, with two derivatives: for each of `values` (as many as times) the
/// natural quintic spline. With `cutoff` first a low-pass filter, as OpenSim's tool has it: half of the
/// recording added at each end by odd reflection, brought to even steps (the shortest one) by the spline
/// where they are not, Butterworth of order 3 forward and backward, so that half of the amplitude passes at
/// the cutoff. The curves then begin and end where the added parts do. Errors: invalid_argument (times that
/// do not rise, counts, a value that is not finite, a cutoff of half the rate or more), nothing_measured
/// (fewer than 8 samples for the filter, 2 without).
[[nodiscard]] Result<std::vector<PiecewisePolynomial>> coordinate_curves(
    std::span<const double> times_s, std::span<const std::vector<double>> values,
    std::optional<Hertz> cutoff);

}  // namespace reprise::engine
