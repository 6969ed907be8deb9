// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "base/units.h"

namespace reprise::engine {

enum class FilterBand : std::uint8_t { low_pass, high_pass, band_pass };

struct ButterworthOptions {
  FilterBand band = FilterBand::low_pass;
  int order = 2;          ///< of the low-pass prototype, 1 to 10; a band-pass has twice as many poles
  Hertz cutoff{6};        ///< where the gain is 1/sqrt(2); the lower edge of a band-pass
  Hertz upper_cutoff{0};  ///< the upper edge of a band-pass; ignored otherwise
  /// How often the filter will run over the same signal. The design cut-off is moved so that the gain at
  /// `cutoff` is 1/sqrt(2) after all passes together.
  int passes = 1;
};

/// One section of second order, a0 = 1: y = b0 x + b1 x' + b2 x'' - a1 y' - a2 y''.
struct SecondOrderSection {
  double b0 = 1, b1 = 0, b2 = 0;
  double a1 = 0, a2 = 0;
};

/// Designs a digital Butterworth filter as a cascade of second-order sections: analogue prototype, cut-off
/// prewarped, bilinear transform. `sample_rate` in Hz; each cut-off must lie inside (0, half the rate).
/// Correction for several passes: for order 2 and a low-pass it is Winter's factor (2^(1/passes) - 1)^(1/4)
/// on the prewarped cut-off, as explained by J. Selling, "Multi-pass filter cutoff correction", 2018
/// (codeproject 1267916); other orders and bands follow from |H|^2 = 1 / (1 + W^(2 order)).
/// Errors: invalid_argument.
[[nodiscard]] Result<std::vector<SecondOrderSection>> design_butterworth(Hertz sample_rate,
                                                                         const ButterworthOptions& options);

/// The gain of a cascade at one frequency.
[[nodiscard]] double gain_at(std::span<const SecondOrderSection> sections, Hertz frequency,
                             Hertz sample_rate);

/// Runs a cascade sample by sample: causal, so it delays; for live use.
class CausalFilter {
 public:
  explicit CausalFilter(std::vector<SecondOrderSection> sections);

  /// The next output. The first sample sets the state as if it had been there for ever, so that a constant
  /// signal passes without a jump at the start. A sample that is not finite is ignored: the last output is
  /// repeated.
  double step(double sample);
  /// Forgets everything: the next sample is a first one again.
  void reset() { started_ = false; }

 private:
  std::vector<SecondOrderSection> sections_;
  std::vector<std::array<double, 2>> state_;
  double last_ = 0;
  bool started_ = false;
};

/// Filters forward and backward, so that nothing is delayed. `samples` at an even rate, finite; result has
/// the same length. The ends are continued by odd reflection and the state starts settled, which keeps a
/// straight line straight (low-pass). `options.passes` is ignored: with `correct_cutoff` (default) the gain
/// at the cut-off is 1/sqrt(2) after both passes; without, it is 1/2. Errors: invalid_argument,
/// nothing_measured (fewer than 2 order + 2 samples).
[[nodiscard]] Result<std::vector<double>> butterworth_zero_phase(std::span<const double> samples,
                                                                 Hertz sample_rate,
                                                                 ButterworthOptions options,
                                                                 bool correct_cutoff = true);

}  // namespace reprise::engine
