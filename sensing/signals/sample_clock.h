// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "sensing/signals/signal_recording.h"

namespace reprise::sensing {

/// Times that lie on a grid within this share of a sample are taken as rounded, not as jitter. Unsourced
/// default. Times rounded to 1 ms at 200 Hz are off by 0.1.
inline constexpr double kOnGridSamples = 0.2;

/// Times that rise strictly, and the rows that they belong to.
struct SampleClock {
  std::vector<double> times_s;
  std::vector<std::size_t> rows;
};

/// Repairs the times of rows: drops rows without a time, repeated and single disordered ones, spreads times
/// that are coarser than the samples, and goes on where the clock is set back; each said in `findings`.
[[nodiscard]] SampleClock clean_clock(std::vector<double> times_s, std::vector<SignalFinding>& findings);

/// The median step between neighbors, in seconds. Precondition: at least two times.
[[nodiscard]] double median_step(const SampleClock& clock);

/// Samples a second outside of gaps, by a straight line through the times; a whole number where they cannot
/// tell it apart. `usual_step_s`: `median_step`.
[[nodiscard]] double rate_of(const SampleClock& clock, double usual_step_s);

/// `value` with at most three decimals.
[[nodiscard]] std::string brief_number(double value);

}  // namespace reprise::sensing
