// SPDX-License-Identifier: Apache-2.0
#include "engine/signal/signal_check.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "engine/signal/check.h"
#include "engine/signal/spectrum.h"

namespace reprise::engine {
namespace {

constexpr double kSegmentS = 2;  // resolves hum 1 Hz wide
constexpr double kShortestForMainsS = 4;
constexpr double kLeastRateForMainsHz = 125;  // 60 Hz and its neighborhood below the Nyquist frequency

/// The smallest difference between neighbors: a step of the converter.
double converter_step(std::span<const double> samples) {
  double step = std::numeric_limits<double>::infinity();
  for (std::size_t i = 1; i < samples.size(); ++i) {
    const double difference = std::abs(samples[i] - samples[i - 1]);
    if (difference > 0) step = std::min(step, difference);
  }
  return step;
}

void count_plateaus(std::span<const double> samples, Hertz rate, const SignalCheckOptions& options,
                    SignalCheck& out) {
  const auto [least, most] = std::minmax_element(samples.begin(), samples.end());
  const double low = *least, high = *most;
  out.constant = low == high;
  const double flat_from = std::max(2.0, options.flat_from * rate.value() / Seconds{1});
  const double steep = 1.5 * converter_step(samples);
  std::size_t flat = 0, clipped = 0;
  for (std::size_t i = 0; i < samples.size();) {
    std::size_t end = i + 1;
    while (end < samples.size() && samples[end] == samples[i]) ++end;
    const std::size_t length = end - i;
    // The last whole step before the plateau and the first one after it: the edges themselves may be cut.
    const auto steep_at = [&](std::size_t k) { return std::abs(samples[k + 1] - samples[k]) > steep; };
    const bool entered = (i > 0 && steep_at(i - 1)) || (i > 1 && steep_at(i - 2));
    const bool left =
        (end < samples.size() && steep_at(end - 1)) || (end + 1 < samples.size() && steep_at(end));
    if (static_cast<double>(length) >= flat_from) {
      flat += length;
    } else if (length >= options.clipped_samples && (samples[i] == low || samples[i] == high) &&
               (entered || left)) {
      clipped += length;
      ++out.clipped_plateaus;
    }
    i = end;
  }
  out.flat_share = static_cast<double>(flat) / static_cast<double>(samples.size());
  out.clipped_share = static_cast<double>(clipped) / static_cast<double>(samples.size());
}

/// Power within 1 Hz of `center` above the level from 1 to 3 Hz beside it.
double power_at(const PowerSpectrum& spectrum, double center_hz) {
  double inside = 0, beside = 0;
  std::size_t inside_bins = 0, beside_bins = 0;
  for (std::size_t k = 0; k < spectrum.frequency_hz.size(); ++k) {
    const double away = std::abs(spectrum.frequency_hz[k] - center_hz);
    if (away <= 1) {
      inside += spectrum.density[k];
      ++inside_bins;
    } else if (away <= 3) {
      beside += spectrum.density[k];
      ++beside_bins;
    }
  }
  const double level = beside_bins > 0 ? beside / static_cast<double>(beside_bins) : 0;
  return std::max(0.0, inside - level * static_cast<double>(inside_bins));
}

Result<void> find_mains(std::span<const double> samples, Hertz rate, SignalCheck& out) {
  const double duration_s = static_cast<double>(samples.size()) / rate.value();
  if (out.constant || rate.value() < kLeastRateForMainsHz || duration_s < kShortestForMainsS) return {};
  WelchOptions options;
  options.segment = std::bit_ceil(static_cast<std::size_t>(std::ceil(kSegmentS * rate.value())));
  const auto spectrum = welch(samples, rate, options);
  if (!spectrum) return tl::unexpected(spectrum.error());
  double total = 0;
  for (std::size_t k = 0; k < spectrum->frequency_hz.size(); ++k) {
    if (spectrum->frequency_hz[k] > 1) total += spectrum->density[k];
  }
  if (!(total > 0)) return {};
  const double at_50 = power_at(*spectrum, 50) / total, at_60 = power_at(*spectrum, 60) / total;
  out.mains = Hertz{at_60 > at_50 ? 60.0 : 50.0};
  out.mains_share = std::max(at_50, at_60);
  return {};
}

}  // namespace

Result<SignalCheck> check_signal(std::span<const double> samples, Hertz rate,
                                 const SignalCheckOptions& options) {
  constexpr const char* kStage = "checking a signal";
  if (auto ok = detail::check_rate(rate, kStage); !ok) return tl::unexpected(ok.error());
  if (auto ok = detail::check_samples(samples, 8, kStage); !ok) return tl::unexpected(ok.error());
  SignalCheck out;
  count_plateaus(samples, rate, options, out);
  if (auto ok = find_mains(samples, rate, out); !ok) return tl::unexpected(ok.error());
  return out;
}

}  // namespace reprise::engine
