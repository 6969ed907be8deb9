// SPDX-License-Identifier: Apache-2.0
#include "engine/muscle/emg_filter.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/muscle/mains_subtraction.h"

namespace reprise::engine {
namespace {

constexpr const char* kEmgFilter = "EMG filter";
constexpr std::array<double, 2> kMainsHz{50, 60};

struct EmgBand {
  ButterworthOptions high_pass, low_pass;
};

Result<EmgBand> band_of(Hertz rate, const EmgFilterOptions& options) {
  if (auto ok = detail::check_emg_rate(rate, kEmgFilter); !ok) return tl::unexpected(ok.error());
  EmgBand band;
  band.high_pass.band = FilterBand::high_pass;
  band.high_pass.order = 4;
  band.high_pass.cutoff = options.remove_ecg ? std::max(options.low, Hertz{30}) : options.low;
  band.low_pass.order = 4;
  band.low_pass.cutoff = std::min(options.high, rate * 0.45);
  if (!(band.high_pass.cutoff.value() > 0) || !(band.low_pass.cutoff > band.high_pass.cutoff)) {
    return fail(ErrorCode::invalid_argument, kEmgFilter, "the lower edge is not between 0 and the upper edge",
                "use a band such as 20 to 450 Hz, or record at a higher rate");
  }
  return band;
}

std::vector<int> harmonics_up_to(Hertz fundamental, Hertz high) {
  std::vector<int> harmonics(static_cast<std::size_t>(std::max(0.0, std::floor(high / fundamental))));
  std::iota(harmonics.begin(), harmonics.end(), 1);
  return harmonics;
}

/// A notch with gain 1 at 0 Hz: zeros on the unit circle, poles `width` inside.
SecondOrderSection notch(Hertz frequency, Hertz rate, Hertz width) {
  const double radius = 1 - kPi * (width / rate);
  const double cosine = std::cos(2 * kPi * (frequency / rate));
  SecondOrderSection section;
  section.a1 = -2 * radius * cosine;
  section.a2 = radius * radius;
  const double gain = (1 + section.a1 + section.a2) / (2 - 2 * cosine);
  section.b0 = section.b2 = gain;
  section.b1 = -2 * cosine * gain;
  return section;
}

/// The hum to remove from a recording.
Result<std::optional<MainsHum>> hum_to_remove(std::span<const double> samples, Hertz rate,
                                              MainsRemoval removal, Hertz high) {
  switch (removal) {
    case MainsRemoval::off: return std::optional<MainsHum>{};
    case MainsRemoval::at_50_hz: return MainsHum{Hertz{50}, harmonics_up_to(Hertz{50}, high)};
    case MainsRemoval::at_60_hz: return MainsHum{Hertz{60}, harmonics_up_to(Hertz{60}, high)};
    case MainsRemoval::automatic: break;
  }
  return detect_mains(samples, rate);
}

}  // namespace

Result<FilteredEmg> filter_emg(std::span<const double> samples, Hertz rate, const EmgFilterOptions& options) {
  const auto band = band_of(rate, options);
  if (!band) return tl::unexpected(band.error());
  if (auto ok = detail::check_emg(samples, rate, kEmgFilter); !ok) return tl::unexpected(ok.error());
  const double mean =
      std::accumulate(samples.begin(), samples.end(), 0.0) / static_cast<double>(samples.size());
  FilteredEmg filtered;
  filtered.low = band->high_pass.cutoff;
  filtered.high = band->low_pass.cutoff;
  for (const double sample : samples) filtered.samples.push_back(sample - mean);
  auto hum = hum_to_remove(samples, rate, options.mains, filtered.high);
  if (!hum) return tl::unexpected(hum.error());
  filtered.mains = std::move(*hum);
  if (filtered.mains) {
    auto cleaned = detail::subtract_mains(filtered.samples, rate, *filtered.mains);
    double squares = 0;
    for (std::size_t i = 0; i < cleaned.size(); ++i) squares += std::pow(filtered.samples[i] - cleaned[i], 2);
    filtered.mains_rms = std::sqrt(squares / static_cast<double>(cleaned.size()));
    filtered.samples = std::move(cleaned);
  }
  for (const auto* stage : {&band->high_pass, &band->low_pass}) {
    auto passed = butterworth_zero_phase(filtered.samples, rate, *stage);
    if (!passed) return tl::unexpected(passed.error());
    filtered.samples = std::move(*passed);
  }
  return filtered;
}

EmgFilter::EmgFilter(Hertz rate, Hertz high, CausalFilter band)
    : rate_(rate),
      high_(high),
      band_(std::move(band)),
      second_(static_cast<std::size_t>(std::lround(rate.value()))) {
  for (std::size_t c = 0; c < kMainsHz.size(); ++c) {
    constexpr std::array<double, kTonesPerCandidate> kBesideHz{0, -7, -4, 4, 7};
    for (std::size_t k = 0; k < kTonesPerCandidate; ++k) {
      tones_[c][k].coefficient = 2 * std::cos(2 * kPi * (kMainsHz[c] + kBesideHz[k]) / rate.value());
    }
  }
}

Result<EmgFilter> EmgFilter::create(Hertz rate, const EmgFilterOptions& options) {
  const auto band = band_of(rate, options);
  if (!band) return tl::unexpected(band.error());
  auto sections = design_butterworth(rate, band->high_pass);
  if (!sections) return tl::unexpected(sections.error());
  const auto low_pass = design_butterworth(rate, band->low_pass);
  if (!low_pass) return tl::unexpected(low_pass.error());
  sections->insert(sections->end(), low_pass->begin(), low_pass->end());
  EmgFilter filter(rate, band->low_pass.cutoff, CausalFilter(std::move(*sections)));
  filter.watching_ = options.mains == MainsRemoval::automatic;
  if (options.mains == MainsRemoval::at_50_hz) filter.start_notches(Hertz{50});
  if (options.mains == MainsRemoval::at_60_hz) filter.start_notches(Hertz{60});
  return filter;
}

double EmgFilter::step(double sample) {
  if (watching_ && std::isfinite(sample)) watch_mains(sample);
  return band_.step(notches_ ? notches_->step(sample) : sample);
}

void EmgFilter::start_notches(Hertz mains) {
  std::vector<SecondOrderSection> sections;
  for (const int harmonic : harmonics_up_to(mains, high_)) {
    sections.push_back(notch(mains * harmonic, rate_, Hertz{2}));
  }
  notches_.emplace(std::move(sections));
  mains_ = mains;
  watching_ = false;
}

void EmgFilter::watch_mains(double sample) {
  for (auto& candidate : tones_) {
    for (auto& tone : candidate) {
      const double next = sample + tone.coefficient * tone.last - tone.before;
      tone.before = tone.last;
      tone.last = next;
    }
  }
  if (++watched_ >= second_) judge_mains();
}

void EmgFilter::judge_mains() {
  watched_ = 0;
  for (std::size_t c = 0; c < tones_.size() && watching_; ++c) {
    std::array<double, kTonesPerCandidate> power{};
    for (std::size_t k = 0; k < kTonesPerCandidate; ++k) {
      auto& tone = tones_[c][k];
      power[k] =
          tone.last * tone.last + tone.before * tone.before - tone.coefficient * tone.last * tone.before;
      tone.last = tone.before = 0;
    }
    const double beside = (power[1] + power[2] + power[3] + power[4]) / 4;
    seconds_in_a_row_[c] = power[0] > 20 * beside ? seconds_in_a_row_[c] + 1 : 0;
    if (seconds_in_a_row_[c] >= 2) start_notches(Hertz{kMainsHz[c]});
  }
}

}  // namespace reprise::engine
