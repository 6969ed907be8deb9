// SPDX-License-Identifier: Apache-2.0
#include "engine/muscle/emg_measures.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>

#include "engine/muscle/emg_quality.h"
#include "engine/signal/check.h"
#include "engine/signal/fit_line.h"
#include "engine/signal/spectral_moments.h"
#include "engine/signal/spectrum.h"

namespace reprise::engine {
namespace {

constexpr const char* kMeasures = "EMG measures";
constexpr const char* kFatigue = "muscle fatigue";

Result<void> check_fatigue(const EmgFatigueOptions& o) {
  const bool usable = o.window.value() >= 0.1 && o.window.value() <= 60 && o.low.value() >= 0 &&
                      o.high > o.low && o.least_share >= 0 && o.least_share < 1 && o.fewest_windows >= 3;
  if (usable) return {};
  return fail(ErrorCode::invalid_argument, kFatigue, "an option is out of range",
              "use windows from 0.1 to 60 s, a rising band, a share below 1, and at least 3 windows");
}

bool is_amplitude(double value) {
  return std::isfinite(value) && value >= 0;
}

}  // namespace

Result<double> reference_amplitude(std::span<const double> envelope, Hertz rate, Seconds window) {
  if (auto ok = detail::check_rate(rate, kMeasures); !ok) return tl::unexpected(ok.error());
  const double wanted = window.value() * rate.value();
  if (!(wanted >= 1 && wanted < 1e8)) {
    return fail(ErrorCode::invalid_argument, kMeasures, "the window holds no sample, or too many",
                "use a window of about half a second");
  }
  const auto length = static_cast<std::size_t>(std::lround(wanted));
  if (auto ok = detail::check_samples(envelope, length, kMeasures); !ok) return tl::unexpected(ok.error());
  double sum = 0, largest = 0;
  for (std::size_t i = 0; i < envelope.size(); ++i) {
    sum += envelope[i];
    if (i >= length) sum -= envelope[i - length];
    if (i + 1 >= length) largest = std::max(largest, sum / static_cast<double>(length));
  }
  if (!(largest > 0)) {
    return fail(ErrorCode::nothing_measured, kMeasures, "the reference contraction has no amplitude",
                "repeat it, and check the electrodes");
  }
  return largest;
}

Result<std::vector<double>> normalize_emg(std::span<const double> envelope, double reference) {
  if (!std::isfinite(reference) || !(reference > 0)) {
    return fail(ErrorCode::invalid_argument, kMeasures, "the reference amplitude is not above 0",
                "record a maximum or reference contraction first");
  }
  if (auto ok = detail::check_samples(envelope, 0, kMeasures); !ok) return tl::unexpected(ok.error());
  std::vector<double> shares(envelope.begin(), envelope.end());
  for (double& v : shares) v /= reference;
  return shares;
}

Result<EmgFatigue> emg_fatigue(std::span<const double> filtered, Hertz rate,
                               const EmgFatigueOptions& options) {
  if (auto ok = check_fatigue(options); !ok) return tl::unexpected(ok.error());
  if (auto ok = detail::check_emg(filtered, rate, kFatigue); !ok) return tl::unexpected(ok.error());
  const auto length = static_cast<std::size_t>(std::lround(options.window.value() * rate.value()));
  // Eight half-overlapping segments steady each spectrum.
  WelchOptions segments;
  segments.segment = std::max<std::size_t>(32, length / 4);
  std::vector<double> time_s, median_hz, rms;
  for (std::size_t begin = 0; begin + length <= filtered.size(); begin += length) {
    const auto spectrum = welch(filtered.subspan(begin, length), rate, segments);
    if (!spectrum) return tl::unexpected(spectrum.error());
    const auto moments = spectral_moments(*spectrum, options.low, options.high);
    if (!moments) continue;
    time_s.push_back((static_cast<double>(begin) + static_cast<double>(length) / 2) / rate.value());
    median_hz.push_back(moments->median_frequency.value());
    rms.push_back(std::sqrt(moments->power));
  }
  const double least = rms.empty() ? 0 : options.least_share * *std::max_element(rms.begin(), rms.end());
  EmgFatigue fatigue;
  for (std::size_t i = 0; i < rms.size(); ++i) {
    if (rms[i] < least) continue;
    fatigue.time_s.push_back(time_s[i]);
    fatigue.median_hz.push_back(median_hz[i]);
  }
  if (fatigue.time_s.size() < static_cast<std::size_t>(options.fewest_windows)) {
    return fail(ErrorCode::nothing_measured, kFatigue,
                "the muscle is active in " + std::to_string(fatigue.time_s.size()) + " windows; at least " +
                    std::to_string(options.fewest_windows) + " are needed",
                "hold the contraction longer");
  }
  const auto line = fit_line(fatigue.time_s, fatigue.median_hz);
  if (!line) return tl::unexpected(line.error());
  fatigue.slope_hzps = line->slope;
  fatigue.slope_confidence_hzps = line->slope_confidence.value_or(0);
  fatigue.initial = Hertz{line->intercept + line->slope * fatigue.time_s.front()};
  fatigue.change = line->slope * (fatigue.time_s.back() - fatigue.time_s.front()) / fatigue.initial.value();
  fatigue.significant = std::abs(fatigue.slope_hzps) > fatigue.slope_confidence_hzps;
  return fatigue;
}

Result<CoContraction> co_contraction(std::span<const double> agonist, std::span<const double> antagonist) {
  if (agonist.size() != antagonist.size() || !std::all_of(agonist.begin(), agonist.end(), is_amplitude) ||
      !std::all_of(antagonist.begin(), antagonist.end(), is_amplitude)) {
    return fail(ErrorCode::invalid_argument, kMeasures,
                "the two envelopes differ in length, or one is negative or not finite",
                "give normalized envelopes of both muscles at the same times");
  }
  double common = 0, total = 0, rudolph = 0;
  for (std::size_t i = 0; i < agonist.size(); ++i) {
    const double low = std::min(agonist[i], antagonist[i]);
    const double high = std::max(agonist[i], antagonist[i]);
    common += low;
    total += low + high;
    if (high > 0) rudolph += low / high * (low + high);
  }
  if (!(total > 0)) {
    return fail(ErrorCode::nothing_measured, kMeasures, "both muscles rest throughout",
                "record a movement that uses them");
  }
  return CoContraction{2 * common / total, rudolph / static_cast<double>(agonist.size())};
}

Result<std::optional<double>> symmetry_index(double left, double right) {
  if (!is_amplitude(left) || !is_amplitude(right)) {
    return fail(ErrorCode::invalid_argument, kMeasures, "an amplitude is negative or not finite",
                "give normalized amplitudes of both sides");
  }
  if (left + right <= 0) return std::optional<double>{};
  return std::optional<double>{(right - left) / (0.5 * (right + left))};
}

}  // namespace reprise::engine
