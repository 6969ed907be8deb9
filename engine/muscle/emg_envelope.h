// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "engine/signal/butterworth.h"

namespace reprise::engine {

/// The linear envelope of filtered EMG: rectified, then zero-phase low-pass of second order (BMClab/BMC,
/// functions/linear_envelope.py: 8 Hz). As many values as samples, in their unit, never
/// below 0. Errors: invalid_argument, nothing_measured (short).
[[nodiscard]] Result<std::vector<double>> linear_envelope(std::span<const double> filtered, Hertz rate,
                                                          Hertz cutoff = Hertz{8});

/// Root mean square of the window around each sample; shorter at the ends. Window: unsourced default.
/// Errors: invalid_argument (rate, a window shorter than a sample, not finite), nothing_measured (empty).
[[nodiscard]] Result<std::vector<double>> moving_rms(std::span<const double> filtered, Hertz rate,
                                                     Seconds window = Seconds{0.1});

/// The linear envelope live: causal, so it lags by about a third of 1 / cutoff.
class EnvelopeFollower {
 public:
  /// Errors: invalid_argument.
  [[nodiscard]] static Result<EnvelopeFollower> create(Hertz rate, Hertz cutoff = Hertz{8});

  /// The next value, never below 0. A sample that is not finite is ignored.
  double step(double filtered);

 private:
  explicit EnvelopeFollower(CausalFilter filter) : filter_(std::move(filter)) {}
  CausalFilter filter_;
};

/// Root mean square of the last window, live.
class MovingRms {
 public:
  /// Errors: invalid_argument.
  [[nodiscard]] static Result<MovingRms> create(Hertz rate, Seconds window = Seconds{0.1});

  /// The next value; of fewer samples until the window is full. A sample that is not finite is ignored.
  double step(double filtered);

 private:
  explicit MovingRms(std::size_t window) : squares_(window, 0.0) {}
  std::vector<double> squares_;
  std::size_t next_ = 0;
  std::size_t count_ = 0;
  double sum_ = 0;
  double fresh_sum_ = 0;  ///< summed since the ring's start: replaces `sum_` each turn, against drift
};

}  // namespace reprise::engine
