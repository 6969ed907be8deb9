// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "base/units.h"

namespace reprise::engine {

struct SavitzkyGolayOptions {
  int window = 7;      ///< samples, odd, above `order`
  int order = 3;       ///< of the polynomial, 0 to 8
  int derivative = 0;  ///< 0: smooth; 1, 2, ...: derivative by seconds; at most `order`
};

/// Smooths or differentiates by a polynomial fitted to a window around each sample (Savitzky & Golay 1964):
/// nothing is delayed, and a polynomial of up to `order` comes out exactly. The first and last half windows
/// are read off the polynomial of the first and last full window. `samples` at an even rate, finite; the
/// result has the same length, in the unit of the samples per second^derivative.
/// Errors: invalid_argument, nothing_measured (fewer samples than the window).
[[nodiscard]] Result<std::vector<double>> savitzky_golay(std::span<const double> samples, Hertz sample_rate,
                                                         const SavitzkyGolayOptions& options);

/// The causal form: the polynomial of the last `window` samples, read at the newest. No delay on
/// polynomials, but noisier than the centered form.
class CausalSavitzkyGolay {
 public:
  [[nodiscard]] static Result<CausalSavitzkyGolay> create(Hertz sample_rate,
                                                          const SavitzkyGolayOptions& options);
  /// The value at the newest sample; empty until the window is full. A sample that is not finite empties it.
  std::optional<double> step(double sample);
  void reset() { recent_.clear(); }

 private:
  explicit CausalSavitzkyGolay(std::vector<double> weights) : weights_(std::move(weights)) {}
  std::vector<double> weights_;  ///< oldest first
  std::vector<double> recent_;   ///< oldest first
};

}  // namespace reprise::engine
