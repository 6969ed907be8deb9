// SPDX-License-Identifier: Apache-2.0
#include "engine/signal/smooth_track.h"

#include <algorithm>

#include "base/time_series.h"
#include "engine/signal/resample.h"
#include "engine/signal/smoothing_spline.h"

namespace reprise::engine {
namespace {

void replace_run(const UniformSeries& even, SampleRange run, std::span<const double> filtered,
                 std::span<const Seconds> times, SignalWithGaps& out) {
  std::vector<double> grid(filtered.size());
  for (std::size_t k = 0; k < grid.size(); ++k) grid[k] = even.time(run.begin + k).value();
  std::vector<double> wanted;
  std::vector<std::size_t> where;
  for (std::size_t i = 0; i < times.size(); ++i) {
    if (times[i].value() < grid.front() || times[i].value() > grid.back()) continue;
    wanted.push_back(times[i].value());
    where.push_back(i);
  }
  const auto values = interpolate(grid, filtered, wanted, Interpolation::pchip);
  if (!values) return;  // a run of one sample: it stays as it was
  for (std::size_t k = 0; k < where.size(); ++k) out[where[k]] = (*values)[k];
}

}  // namespace

SignalWithGaps smooth_track(std::span<const Seconds> times, const SignalWithGaps& track, Hertz rate,
                            const ZeroPhaseOptions& options) {
  TimeSeries<double> series;
  for (std::size_t i = 0; i < times.size(); ++i) {
    if (!series.push(times[i], track[i])) return track;  // times that do not rise: nothing to filter by
  }
  const auto even = resample(series, rate, {.method = Interpolation::pchip, .max_gap = options.max_gap});
  if (!even) return track;
  SignalWithGaps out = track;
  for (const SampleRange run : valid_runs(even->values)) {
    const std::vector<double> raw = run_values(even->values, run);
    const Hertz cutoff = std::min(options.cutoff, 0.4 * rate);
    const auto filtered = smoothing_spline(raw, rate, {.cutoff = cutoff});
    replace_run(*even, run, filtered ? filtered->values : raw, times, out);
  }
  return out;
}

}  // namespace reprise::engine
