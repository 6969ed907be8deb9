// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "engine/heart/heart_rate_variability.h"
#include "engine/heart/nn_statistics.h"
#include "engine/signal/check.h"
#include "engine/signal/cubic_spline.h"
#include "engine/signal/spectrum.h"

namespace reprise::engine {
namespace {

constexpr double kLowHz = 0.04;
constexpr double kMiddleHz = 0.15;
constexpr double kHighHz = 0.4;

/// Trapezoids between the bins from `low` to below `high`.
double band_power(const PowerSpectrum& spectrum, double low_hz, double high_hz) {
  double power = 0;
  for (std::size_t k = 1; k < spectrum.frequency_hz.size(); ++k) {
    if (spectrum.frequency_hz[k - 1] < low_hz || spectrum.frequency_hz[k] >= high_hz) continue;
    power += (spectrum.density[k - 1] + spectrum.density[k]) / 2 *
             (spectrum.frequency_hz[k] - spectrum.frequency_hz[k - 1]);
  }
  return power;
}

}  // namespace

std::span<const NnInterval> longest_part(std::span<const NnInterval> nn) {
  std::span<const NnInterval> longest;
  std::size_t begin = 0;
  for (std::size_t i = 1; i <= nn.size(); ++i) {
    if (i < nn.size() && !nn[i].after_break) continue;
    if (i - begin > longest.size()) longest = nn.subspan(begin, i - begin);
    begin = i;
  }
  return longest;
}

Result<HrvFrequencyDomain> hrv_frequency_domain(std::span<const NnInterval> nn,
                                                const HrvSpectrumOptions& options) {
  constexpr const char* kStage = "heart rate variability, frequency domain";
  if (auto ok = detail::check_nn(nn, kStage); !ok) return tl::unexpected(ok.error());
  if (auto ok = detail::check_rate(options.rate, kStage); !ok) return tl::unexpected(ok.error());
  const auto part = longest_part(nn);
  if (part.size() < 2) {
    return fail(ErrorCode::nothing_measured, kStage, "no two intervals follow each other", "record longer");
  }
  std::vector<double> times_s;
  times_s.reserve(part.size());
  for (const NnInterval& interval : part) times_s.push_back((interval.end - part.front().end).value());
  std::vector<double> at_s;
  for (double i = 0; i / options.rate.value() <= times_s.back(); ++i) {
    at_s.push_back(i / options.rate.value());
  }
  const auto series = cubic_spline(times_s, detail::durations_s(part), at_s);
  if (!series) return tl::unexpected(series.error());
  const auto spectrum = welch(*series, options.rate, {options.segment, 0.5});
  if (!spectrum) return tl::unexpected(spectrum.error());
  HrvFrequencyDomain result;
  result.vlf_s2 = band_power(*spectrum, 0, kLowHz);
  result.lf_s2 = band_power(*spectrum, kLowHz, kMiddleHz);
  result.hf_s2 = band_power(*spectrum, kMiddleHz, kHighHz);
  result.total_s2 = result.vlf_s2 + result.lf_s2 + result.hf_s2;
  constexpr double kNoPowerS2 = 1e-14;  // a thousandth of a tenth of a microsecond: rounding
  if (result.hf_s2 > kNoPowerS2) result.lf_to_hf = result.lf_s2 / result.hf_s2;
  if (const double both = result.lf_s2 + result.hf_s2; both > kNoPowerS2) {
    result.lf_share = result.lf_s2 / both;
    result.hf_share = result.hf_s2 / both;
  }
  return result;
}

}  // namespace reprise::engine
