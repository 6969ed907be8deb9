// SPDX-License-Identifier: Apache-2.0
#include "engine/signal/resample.h"

#include <algorithm>
#include <cmath>

#include "engine/signal/check.h"
#include "engine/signal/segments.h"

namespace reprise::engine {

std::vector<SampleRange> valid_runs(std::span<const std::optional<double>> values) {
  std::vector<SampleRange> runs;
  bool inside = false;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!values[i]) {
      inside = false;
      continue;
    }
    if (!inside) runs.push_back({i, i});
    runs.back().end = i + 1;
    inside = true;
  }
  return runs;
}

std::vector<double> run_values(std::span<const std::optional<double>> values, SampleRange run) {
  std::vector<double> numbers;
  numbers.reserve(run.end - run.begin);
  for (std::size_t i = run.begin; i < run.end; ++i) numbers.push_back(*values[i]);
  return numbers;
}

Result<UniformSeries> resample(const TimeSeries<double>& series, Hertz rate, const ResampleOptions& options) {
  constexpr const char* kStage = "resampling";
  if (auto ok = detail::check_rate(rate, kStage); !ok) return tl::unexpected(ok.error());
  const auto stretches = detail::split_at_gaps(series, options.max_gap, kStage);
  if (!stretches) return tl::unexpected(stretches.error());
  if (stretches->empty()) {
    return fail(ErrorCode::nothing_measured, kStage, "no sample was measured", "record again");
  }

  UniformSeries result{Seconds{stretches->front().times_s.front()}, rate, {}};
  const double start = result.start.value();
  const double tolerance =
      1e-6 / rate.value();  // of the grid, so that the last sample is not lost to rounding
  const double last = (stretches->back().times_s.back() - start + tolerance) * rate.value();
  constexpr double kMostSamples = 1e8;
  if (last > kMostSamples) {
    return fail(ErrorCode::invalid_argument, kStage, "the result would have more than 100 million samples",
                "lower the rate or cut the recording");
  }
  result.values.resize(static_cast<std::size_t>(last) + 1);
  for (const auto& stretch : *stretches) {
    const double from = (stretch.times_s.front() - start) * rate.value();
    const double to = (stretch.times_s.back() - start + tolerance) * rate.value();
    std::vector<double> at;
    const auto first_index = static_cast<std::size_t>(std::max(0.0, std::ceil(from - 1e-6)));
    for (auto i = first_index; static_cast<double>(i) <= to && i < result.values.size(); ++i) {
      at.push_back(
          std::min(std::max(result.time(i).value(), stretch.times_s.front()), stretch.times_s.back()));
    }
    if (stretch.times_s.size() == 1) {
      if (!at.empty()) result.values[first_index] = stretch.values.front();
      continue;
    }
    const auto between = interpolate(stretch.times_s, stretch.values, at, options.method);
    if (!between) return tl::unexpected(between.error());
    for (std::size_t k = 0; k < between->size(); ++k) result.values[first_index + k] = (*between)[k];
  }
  return result;
}

}  // namespace reprise::engine
