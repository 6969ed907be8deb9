// SPDX-License-Identifier: Apache-2.0
#include "report/charts/trace.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace reprise::report {
namespace {

Trace thinned(const Trace& all, const TraceOptions& o) {
  const double width_s = (o.to - o.from).value() / static_cast<double>(o.columns);
  const auto column_of = [&](double time_s) { return std::floor((time_s - o.from.value()) / width_s); };
  Trace out;
  std::size_t begin = 0;
  while (begin < all.values.size()) {
    std::size_t end = begin + 1;
    while (end < all.values.size() && column_of(all.times_s[end]) == column_of(all.times_s[begin])) ++end;
    const auto first = all.values.begin() + static_cast<std::ptrdiff_t>(begin);
    const auto last = all.values.begin() + static_cast<std::ptrdiff_t>(end);
    const auto [low, high] = std::minmax_element(first, last);
    std::array<std::size_t, 4> kept = {begin, static_cast<std::size_t>(low - all.values.begin()),
                                       static_cast<std::size_t>(high - all.values.begin()), end - 1};
    std::sort(kept.begin(), kept.end());
    const auto kept_end = std::unique(kept.begin(), kept.end());
    for (auto k = kept.begin(); k != kept_end; ++k) {
      out.times_s.push_back(all.times_s[*k]);
      out.values.push_back(all.values[*k]);
    }
    begin = end;
  }
  return out;
}

}  // namespace

std::vector<Trace> traces(std::span<const Seconds> times, std::span<const std::optional<double>> values,
                          const TraceOptions& options) {
  std::vector<Trace> out;
  bool connected = false;
  std::size_t samples = 0;
  for (std::size_t i = 0; i < std::min(times.size(), values.size()); ++i) {
    const bool there =
        values[i] && std::isfinite(*values[i]) && times[i] >= options.from && times[i] <= options.to;
    const bool long_step = i > 0 && times[i] - times[i - 1] > options.longest_step;
    if (!there) {
      connected = false;
      continue;
    }
    if (!connected || long_step) out.emplace_back();
    out.back().times_s.push_back(times[i].value());
    out.back().values.push_back(*values[i]);
    connected = true;
    ++samples;
  }
  if (options.columns == 0 || !(options.to > options.from) || samples <= 2 * options.columns) return out;
  for (Trace& trace : out) trace = thinned(trace, options);
  return out;
}

}  // namespace reprise::report
