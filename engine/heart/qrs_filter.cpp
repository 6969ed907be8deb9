// SPDX-License-Identifier: Apache-2.0
#include "engine/heart/qrs_filter.h"

#include <algorithm>
#include <cmath>

namespace reprise::engine {
namespace {

constexpr Seconds kSlopeSpan{0.020};   // longest rise of a narrow R wave's flank. Unsourced default
constexpr Seconds kEnergySpan{0.100};  // a normal QRS complex lasts about 0.1 s. Unsourced default

std::size_t samples_of(Seconds span, Hertz rate) {
  return static_cast<std::size_t>(std::max(1.0, std::round(span.value() * rate.value())));
}

}  // namespace

double MovingAverage::step(double sample) {
  if (!started_) {
    std::fill(ring_.begin(), ring_.end(), sample);
    sum_ = sample * static_cast<double>(ring_.size());
    started_ = true;
  }
  sum_ += sample - ring_[next_];
  ring_[next_] = sample;
  next_ = next_ + 1 == ring_.size() ? 0 : next_ + 1;
  return sum_ / static_cast<double>(ring_.size());
}

QrsFilter::QrsFilter(Hertz rate)
    : first_(samples_of(Seconds{1.0 / 50}, rate)),
      second_(samples_of(Seconds{1.0 / 60}, rate)),
      energy_(samples_of(kEnergySpan, rate)),
      past_(samples_of(kSlopeSpan, rate)) {}

double QrsFilter::strength_delay() const {
  return low_pass_delay() + static_cast<double>(past_.size()) / 2 + energy_.delay();
}

QrsFilter::Output QrsFilter::step(double ecg_mv) {
  const double low = second_.step(first_.step(ecg_mv));
  if (!started_) {
    std::fill(past_.begin(), past_.end(), low);
    started_ = true;
  }
  const double slope = low - past_[next_];
  past_[next_] = low;
  next_ = next_ + 1 == past_.size() ? 0 : next_ + 1;
  // A sum of squares that was left by subtraction may end a rounding error below zero.
  return {low, std::sqrt(std::max(0.0, energy_.step(slope * slope)))};
}

}  // namespace reprise::engine
