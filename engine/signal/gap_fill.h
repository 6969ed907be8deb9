// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/time_series.h"
#include "base/units.h"
#include "engine/signal/interpolate.h"

namespace reprise::engine {

struct GapFillOptions {
  Interpolation method = Interpolation::pchip;
  Seconds max_gap{0.2};  ///< from the last measured sample before to the first after. Unsourced default
};

/// Fills missing samples between two measured ones that are at most `max_gap` apart; longer gaps, and what
/// is missing before the first or after the last measured sample, stay missing. Times are unchanged.
/// Errors: invalid_argument (max_gap, a sample that is not finite).
[[nodiscard]] Result<TimeSeries<double>> fill_gaps(const TimeSeries<double>& series,
                                                   const GapFillOptions& options = {});

}  // namespace reprise::engine
