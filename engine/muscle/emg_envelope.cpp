// SPDX-License-Identifier: Apache-2.0
#include "engine/muscle/emg_envelope.h"

#include <algorithm>
#include <cmath>

#include "engine/signal/check.h"

namespace reprise::engine {
namespace {

constexpr const char* kEnvelope = "EMG envelope";

Result<std::size_t> window_samples(Hertz rate, Seconds window) {
  if (auto ok = detail::check_rate(rate, kEnvelope); !ok) return tl::unexpected(ok.error());
  const double samples = window.value() * rate.value();
  if (!(samples >= 1 && samples < 1e7)) {
    return fail(ErrorCode::invalid_argument, kEnvelope, "the window holds no sample, or too many",
                "use a window from 20 ms to some seconds");
  }
  return static_cast<std::size_t>(std::lround(samples));
}

}  // namespace

Result<std::vector<double>> linear_envelope(std::span<const double> filtered, Hertz rate, Hertz cutoff) {
  std::vector<double> rectified(filtered.size());
  std::transform(filtered.begin(), filtered.end(), rectified.begin(), [](double v) { return std::abs(v); });
  ButterworthOptions options;
  options.cutoff = cutoff;
  auto envelope = butterworth_zero_phase(rectified, rate, options);
  if (!envelope) return tl::unexpected(envelope.error());
  // The filter may undershoot beside a burst; an amplitude does not.
  for (double& v : *envelope) v = std::max(v, 0.0);
  return envelope;
}

Result<std::vector<double>> moving_rms(std::span<const double> filtered, Hertz rate, Seconds window) {
  const auto length = window_samples(rate, window);
  if (!length) return tl::unexpected(length.error());
  if (auto ok = detail::check_samples(filtered, 1, kEnvelope); !ok) return tl::unexpected(ok.error());
  std::vector<double> sums(filtered.size() + 1, 0.0);
  for (std::size_t i = 0; i < filtered.size(); ++i) sums[i + 1] = sums[i] + filtered[i] * filtered[i];
  const std::size_t before = *length / 2;
  const std::size_t after = *length - before;
  std::vector<double> rms(filtered.size());
  for (std::size_t i = 0; i < filtered.size(); ++i) {
    const std::size_t from = i > before ? i - before : 0;
    const std::size_t to = std::min(i + after, filtered.size());
    rms[i] = std::sqrt(std::max(0.0, sums[to] - sums[from]) / static_cast<double>(to - from));
  }
  return rms;
}

Result<EnvelopeFollower> EnvelopeFollower::create(Hertz rate, Hertz cutoff) {
  ButterworthOptions options;
  options.cutoff = cutoff;
  auto sections = design_butterworth(rate, options);
  if (!sections) return tl::unexpected(sections.error());
  return EnvelopeFollower(CausalFilter(std::move(*sections)));
}

double EnvelopeFollower::step(double filtered) {
  return std::max(0.0, filter_.step(std::abs(filtered)));
}

Result<MovingRms> MovingRms::create(Hertz rate, Seconds window) {
  const auto length = window_samples(rate, window);
  if (!length) return tl::unexpected(length.error());
  return MovingRms(*length);
}

double MovingRms::step(double filtered) {
  if (std::isfinite(filtered)) {
    const double square = filtered * filtered;
    sum_ += square - squares_[next_];
    fresh_sum_ += square;
    squares_[next_] = square;
    count_ = std::min(count_ + 1, squares_.size());
    if (++next_ == squares_.size()) {
      next_ = 0;
      sum_ = fresh_sum_;
      fresh_sum_ = 0;
    }
  }
  return count_ == 0 ? 0 : std::sqrt(std::max(0.0, sum_) / static_cast<double>(count_));
}

}  // namespace reprise::engine
