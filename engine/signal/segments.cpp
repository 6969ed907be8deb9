// SPDX-License-Identifier: Apache-2.0
#include "engine/signal/segments.h"

#include <cmath>
#include <string>

namespace reprise::engine::detail {

Result<std::vector<Stretch>> split_at_gaps(const TimeSeries<double>& series, Seconds max_gap,
                                           std::string_view stage) {
  if (!(max_gap.value() > 0)) {
    return fail(ErrorCode::invalid_argument, std::string(stage), "the longest gap to bridge is not positive",
                "give a positive duration");
  }
  std::vector<Stretch> stretches;
  for (std::size_t i = 0; i < series.size(); ++i) {
    const auto& value = series.value(i);
    if (!value) continue;
    const double t = series.time(i).value();
    if (!std::isfinite(*value) || !std::isfinite(t)) {
      return fail(ErrorCode::invalid_argument, std::string(stage),
                  "sample " + std::to_string(i) + " is not a finite number",
                  "mark missing samples as missing");
    }
    // A rounding error of the times must not split a gap that is exactly as long as allowed.
    const double tolerance = 1e-9;
    if (stretches.empty() || t - stretches.back().times_s.back() > max_gap.value() + tolerance) {
      stretches.emplace_back();
    }
    stretches.back().times_s.push_back(t);
    stretches.back().values.push_back(*value);
  }
  return stretches;
}

}  // namespace reprise::engine::detail
