// SPDX-License-Identifier: Apache-2.0
#include "engine/muscle/emg_quality.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>

#include "engine/signal/check.h"
#include "engine/signal/median.h"
#include "engine/signal/spectrum.h"

namespace reprise::engine {
namespace {

constexpr const char* kEmgQuality = "EMG quality";
constexpr double kStandsOut = 10;
constexpr Hertz kBandStart{20};

/// The spectrum with bins of about 1 Hz.
Result<PowerSpectrum> fine_spectrum(std::span<const double> samples, Hertz rate) {
  WelchOptions options;
  options.segment = static_cast<std::size_t>(std::lround(rate.value()));
  return welch(samples, rate, options);
}

/// How far the density within 1 Hz of `frequency_hz` stands above the median of its neighborhood.
double prominence_at(const PowerSpectrum& spectrum, double frequency_hz) {
  std::vector<double> around;
  double peak = 0;
  for (std::size_t k = 0; k < spectrum.density.size(); ++k) {
    const double away_hz = std::abs(spectrum.frequency_hz[k] - frequency_hz);
    if (away_hz <= 1.01) peak = std::max(peak, spectrum.density[k]);
    if (away_hz >= 3 && away_hz <= 10) around.push_back(spectrum.density[k]);
  }
  if (around.empty() || !(peak > 0)) return 0;
  return peak / std::max(median(std::move(around)), 1e-300);
}

std::optional<MainsHum> find_mains(const PowerSpectrum& spectrum) {
  const double highest_hz = spectrum.frequency_hz.back() - 2;
  double best = kStandsOut;
  double nominal_hz = 0;
  for (const double candidate_hz : {50.0, 60.0}) {
    // The first three harmonics of 50 and 60 Hz are all different; 300 Hz belongs to both.
    for (int harmonic = 1; harmonic <= 3; ++harmonic) {
      if (harmonic * candidate_hz > highest_hz) break;
      const double prominence = prominence_at(spectrum, harmonic * candidate_hz);
      if (prominence <= best) continue;
      best = prominence;
      nominal_hz = candidate_hz;
    }
  }
  if (nominal_hz <= 0) return std::nullopt;
  MainsHum mains{Hertz{nominal_hz}, {}};
  double refined_by = 0;
  for (int harmonic = 1; harmonic * nominal_hz <= highest_hz; ++harmonic) {
    const double prominence = prominence_at(spectrum, harmonic * nominal_hz);
    if (prominence <= kStandsOut) continue;
    mains.harmonics.push_back(harmonic);
    const auto peak =
        dominant_frequency(spectrum, Hertz{harmonic * nominal_hz - 1.5}, Hertz{harmonic * nominal_hz + 1.5});
    if (peak && prominence > refined_by) {
      refined_by = prominence;
      mains.fundamental = *peak / harmonic;
    }
  }
  return mains;
}

double hum_share(const PowerSpectrum& spectrum, const MainsHum& mains) {
  double hum = 0, all = 0;
  for (std::size_t k = 0; k < spectrum.density.size(); ++k) {
    const double f_hz = spectrum.frequency_hz[k];
    if (f_hz < kBandStart.value()) continue;
    all += spectrum.density[k];
    const bool is_hum = std::any_of(mains.harmonics.begin(), mains.harmonics.end(), [&](int harmonic) {
      return std::abs(f_hz - harmonic * mains.fundamental.value()) < 2.5;
    });
    if (is_hum) hum += spectrum.density[k];
  }
  return all > 0 ? hum / all : 0;
}

/// The share of samples in runs of at least `shortest` equal ones that `counts` accepts.
template <class Predicate>
double share_in_runs(std::span<const double> samples, std::size_t shortest, Predicate counts) {
  std::size_t total = 0;
  for (std::size_t i = 0; i < samples.size();) {
    std::size_t end = i + 1;
    while (end < samples.size() && samples[end] == samples[i]) ++end;
    if (end - i >= shortest && counts(samples[i])) total += end - i;
    i = end;
  }
  return static_cast<double>(total) / static_cast<double>(samples.size());
}

}  // namespace

Result<std::optional<MainsHum>> detect_mains(std::span<const double> samples, Hertz rate) {
  if (auto ok = detail::check_emg(samples, rate, kEmgQuality); !ok) return tl::unexpected(ok.error());
  const auto spectrum = fine_spectrum(samples, rate);
  if (!spectrum) return tl::unexpected(spectrum.error());
  return find_mains(*spectrum);
}

Result<EmgQuality> emg_quality(std::span<const double> samples, Hertz rate,
                               const EmgQualityOptions& options) {
  if (auto ok = detail::check_emg(samples, rate, kEmgQuality); !ok) return tl::unexpected(ok.error());
  const auto flat_run = static_cast<std::size_t>(
      std::max(2L, std::lround(std::max(options.flat_run.value(), 0.0) * rate.value())));
  const auto extremes = std::minmax_element(samples.begin(), samples.end());
  const double low = *extremes.first;
  const double high = *extremes.second;
  EmgQuality quality;
  quality.flat_share = share_in_runs(samples, flat_run, [](double) { return true; });
  quality.clipped_share = share_in_runs(samples, static_cast<std::size_t>(std::max(options.clipped_run, 2)),
                                        [&](double v) { return low < high && (v == low || v == high); });
  const auto spectrum = fine_spectrum(samples, rate);
  if (!spectrum) return tl::unexpected(spectrum.error());
  quality.mains = find_mains(*spectrum);
  if (quality.mains) quality.mains_share = hum_share(*spectrum, *quality.mains);
  if (quality.flat_share >= options.flat_share) {
    quality.fault = EmgFault::flat;
  } else if (quality.clipped_share >= options.clipped_share) {
    quality.fault = EmgFault::clipped;
  } else if (quality.mains_share >= options.detached_share) {
    quality.fault = EmgFault::detached;
  }
  return quality;
}

namespace detail {

Result<void> check_emg_rate(Hertz rate, std::string_view stage) {
  if (auto ok = check_rate(rate, stage); !ok) return ok;
  if (rate < kLowestEmgRate) {
    return fail(ErrorCode::unsupported, std::string(stage),
                "the rate is " + std::to_string(rate.value()) + " Hz; EMG needs at least 500 Hz",
                "record the raw EMG at 1000 Hz or more; an envelope cannot be analyzed as raw EMG");
  }
  return {};
}

Result<void> check_emg(std::span<const double> samples, Hertz rate, std::string_view stage) {
  if (auto ok = check_emg_rate(rate, stage); !ok) return ok;
  return check_samples(samples, static_cast<std::size_t>(std::ceil(rate.value() / 2)), stage);
}

}  // namespace detail
}  // namespace reprise::engine
