// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "base/result.h"

namespace reprise::engine {

/// Sample entropy (Richman & Moorman 2000, steps as in physiozoo/mhrv, sample_entropy.m): minus the logarithm
/// of the share of pairs of templates that stay within `tolerance` for m + 1 samples, among those that do for
/// m. Distance: the largest difference of two samples; a template is not compared with itself. Deviation: a
/// difference of exactly the tolerance agrees (theirs: not), so that quantized samples, as RR intervals, do
/// not depend on rounding. Both counts use the same n - m templates. Dimensionless; 0: perfectly regular,
/// higher: less predictable. `samples`: any unit, at an even rate or one a beat. `m`: 1 to 10, usually 2.
/// `tolerance`: in the unit of the samples, above 0, usually 0.2 of their standard deviation. Pairs are found
/// in order of their first sample, so the time is n log n plus the number of pairs whose first samples agree:
/// at the usual tolerance about a tenth of n^2 / 2 (10,000 samples: tens of milliseconds). Errors:
/// invalid_argument (m, tolerance, a sample that is not finite), nothing_measured (fewer than m + 2 samples,
/// or no pair matches for m + 1 samples: the entropy is undefined).
[[nodiscard]] Result<double> sample_entropy(std::span<const double> samples, int m, double tolerance);

}  // namespace reprise::engine
