// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "base/time_series.h"
#include "base/units.h"
#include "engine/signal/interpolate.h"

namespace reprise::engine {

/// Samples at an even rate; sample i lies at start + i / rate. A missing one is empty.
struct UniformSeries {
  Seconds start;
  Hertz rate{1};
  std::vector<std::optional<double>> values;

  [[nodiscard]] Seconds time(std::size_t i) const { return start + period(rate) * static_cast<double>(i); }
};

/// Samples [begin, end).
struct SampleRange {
  std::size_t begin = 0;
  std::size_t end = 0;
  friend bool operator==(const SampleRange&, const SampleRange&) = default;
};

/// The unbroken stretches of a series with missing samples, in order.
[[nodiscard]] std::vector<SampleRange> valid_runs(std::span<const std::optional<double>> values);
/// The numbers of one stretch. Precondition: none of it is missing.
[[nodiscard]] std::vector<double> run_values(std::span<const std::optional<double>> values, SampleRange run);

struct ResampleOptions {
  Interpolation method = Interpolation::pchip;
  Seconds max_gap{0.5};  ///< neighbors further apart are not joined. Unsourced default
};

/// Brings samples at uneven times, some missing, to an even rate, from the first measured one to the last.
/// What lies in a gap longer than `max_gap` stays missing, and nothing on one side of such a gap
/// influences the other. No filter against aliasing: when lowering the rate, filter first.
/// Errors: invalid_argument (rate, max_gap, a sample that is not finite), nothing_measured (no sample).
[[nodiscard]] Result<UniformSeries> resample(const TimeSeries<double>& series, Hertz rate,
                                             const ResampleOptions& options = {});

}  // namespace reprise::engine
