// SPDX-License-Identifier: Apache-2.0
#include "engine/signal/one_euro.h"

#include <cmath>

namespace reprise::engine {
namespace {

/// Weight of the new sample in a first-order low-pass after `step`.
double smoothing_factor(double cutoff_hz, Seconds step) {
  const double r = 2 * kPi * cutoff_hz * step.value();
  return r / (r + 1);
}

}  // namespace

Result<OneEuroFilter> OneEuroFilter::create(const OneEuroOptions& options) {
  const auto positive = [](double v) { return std::isfinite(v) && v > 0; };
  if (!positive(options.min_cutoff.value()) || !positive(options.derivative_cutoff.value()) ||
      !(options.beta >= 0) || !std::isfinite(options.beta)) {
    return fail(ErrorCode::invalid_argument, "One Euro filter",
                "a cut-off is not positive or beta is negative",
                "use positive cut-offs and a beta of 0 or more");
  }
  return OneEuroFilter(options);
}

std::optional<double> OneEuroFilter::step(Seconds time, double sample) {
  if (!std::isfinite(sample) || !std::isfinite(time.value())) return std::nullopt;
  if (!last_time_) {
    last_time_ = time;
    speed_ = 0;
    return value_ = sample;
  }
  const Seconds elapsed = time - *last_time_;
  if (!(elapsed.value() > 0)) return std::nullopt;
  last_time_ = time;
  const double raw_speed = (sample - value_) / elapsed.value();
  speed_ += smoothing_factor(options_.derivative_cutoff.value(), elapsed) * (raw_speed - speed_);
  const double cutoff_hz = options_.min_cutoff.value() + options_.beta * std::abs(speed_);
  value_ += smoothing_factor(cutoff_hz, elapsed) * (sample - value_);
  return value_;
}

}  // namespace reprise::engine
