// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "base/units.h"

namespace reprise::engine {

/// The mean of the last samples: a low-pass of linear phase whose gain is 0 at the inverse of its length.
class MovingAverage {
 public:
  /// `length` in samples, at least 1.
  explicit MovingAverage(std::size_t length) : ring_(length == 0 ? 1 : length) {}
  /// The next mean. The first sample counts as having been there for ever.
  double step(double sample);
  /// The delay of the output in samples.
  [[nodiscard]] double delay() const { return static_cast<double>(ring_.size() - 1) / 2; }

 private:
  std::vector<double> ring_;
  std::size_t next_ = 0;
  double sum_ = 0;
  bool started_ = false;
};

/// How strongly one lead changes in the way of a QRS complex: low-pass, slope, square, moving average, the
/// stages of Pan & Tompkins 1985 (as R. M. de Moreira's panTompkins.c names them). Deviations: moving
/// averages of 1/50 s and 1/60 s replace their integer filters, so that mains hum vanishes at any sampling
/// rate and all delays are known; the root is taken, so that strength is proportional to the complex's
/// height.
class QrsFilter {
 public:
  /// `rate` from 100 to 2000 Hz.
  explicit QrsFilter(Hertz rate);

  struct Output {
    double low_passed = 0;  ///< mV, without hum
    double strength = 0;    ///< mV, root mean square of the slope over its span
  };
  Output step(double ecg_mv);

  /// Delays behind the input, in samples.
  [[nodiscard]] double low_pass_delay() const { return first_.delay() + second_.delay(); }
  [[nodiscard]] double strength_delay() const;

 private:
  MovingAverage first_, second_, energy_;
  std::vector<double> past_;  ///< a ring of the low-passed signal, as long as the slope's span
  std::size_t next_ = 0;
  bool started_ = false;
};

}  // namespace reprise::engine
