// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time_series.h"
#include "base/units.h"

namespace reprise::engine::detail {

/// Measured samples in a row, none further from the next than the limit.
struct Stretch {
  std::vector<double> times_s;
  std::vector<double> values;
};

/// Splits a series where two measured neighbors are further apart than `max_gap`. Missing samples are left
/// out. Errors: invalid_argument (max_gap not positive, a sample that is not finite).
[[nodiscard]] Result<std::vector<Stretch>> split_at_gaps(const TimeSeries<double>& series, Seconds max_gap,
                                                         std::string_view stage);

}  // namespace reprise::engine::detail
