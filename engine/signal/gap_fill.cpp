// SPDX-License-Identifier: Apache-2.0
#include "engine/signal/gap_fill.h"

#include <optional>
#include <vector>

#include "engine/signal/segments.h"

namespace reprise::engine {

Result<TimeSeries<double>> fill_gaps(const TimeSeries<double>& series, const GapFillOptions& options) {
  const auto stretches = detail::split_at_gaps(series, options.max_gap, "gap filling");
  if (!stretches) return tl::unexpected(stretches.error());
  std::vector<std::optional<double>> values = series.values();
  std::size_t i = 0;
  for (const auto& stretch : *stretches) {
    std::vector<std::size_t> missing;
    std::vector<double> at_s;
    for (; i < series.size() && series.time(i).value() <= stretch.times_s.back(); ++i) {
      if (values[i] || series.time(i).value() < stretch.times_s.front()) continue;
      missing.push_back(i);
      at_s.push_back(series.time(i).value());
    }
    if (missing.empty()) continue;
    const auto between = interpolate(stretch.times_s, stretch.values, at_s, options.method);
    if (!between) return tl::unexpected(between.error());
    for (std::size_t k = 0; k < missing.size(); ++k) values[missing[k]] = (*between)[k];
  }
  TimeSeries<double> filled;
  for (std::size_t k = 0; k < values.size(); ++k) {
    if (!filled.push(series.time(k), values[k])) break;  // cannot happen: the times are those of a TimeSeries
  }
  return filled;
}

}  // namespace reprise::engine
