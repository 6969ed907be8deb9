// SPDX-License-Identifier: Apache-2.0
#include "engine/cameras/sound_lag.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <string>
#include <vector>

#include "engine/signal/spectrum.h"

namespace reprise::engine {
namespace {

constexpr const char* kBySound = "synchronizing by sound";
constexpr std::size_t kValuesAfter = 5;    // values over which the level after a rise is taken
constexpr std::size_t kValuesBefore = 40;  // and before it
constexpr double kSilence = 1e-10;         // mean square: 100 dB below full scale
constexpr double kMostRiseDb = 30;         // a louder clap counts no more than this
constexpr std::ptrdiff_t kSamePeak = 60;   // values beside a peak that still belong to it: echoes of a room
constexpr std::ptrdiff_t kSameSound = 12;
constexpr const char* kClap =
    "clap once or twice, loudly, where all cameras hear it; or give the lag by --lags";

/// By how much the level rises at each value beyond `kLeastRiseDb`, decibels.
std::vector<double> rises(const SoundLevels& levels) {
  const std::size_t n = levels.power.size();
  std::vector<double> sum(n + 1, 0);
  std::vector<std::size_t> heard(n + 1, 0);
  for (std::size_t i = 0; i < n; ++i) {
    const bool gap = std::isnan(levels.power[i]);
    sum[i + 1] = sum[i] + (gap ? 0 : static_cast<double>(levels.power[i]));
    heard[i + 1] = heard[i] + (gap ? 0 : 1);
  }
  const auto decibels = [&](std::size_t from, std::size_t to) {
    const auto count = static_cast<double>(heard[to] - heard[from]);
    return 10 * std::log10(std::max(0.0, (sum[to] - sum[from]) / count) + kSilence);
  };
  std::vector<double> out(n, 0);
  for (std::size_t i = kValuesBefore; i + kValuesAfter <= n; ++i) {
    // A gap before would make any sound sudden.
    if (heard[i + kValuesAfter] - heard[i - kValuesBefore] < kValuesBefore + kValuesAfter) continue;
    const double rise = decibels(i, i + kValuesAfter) - decibels(i - kValuesBefore, i);
    out[i] = std::clamp(rise - kLeastRiseDb, 0.0, kMostRiseDb);
  }
  return out;
}

bool is_silent(const SoundLevels& levels) {
  return std::none_of(levels.power.begin(), levels.power.end(), [](float p) { return p > 10 * kSilence; });
}

/// Cross-correlation at every shift of `b` against `a`, shift 0 first, negative ones from the end.
Result<std::vector<double>> cross_correlation(const std::vector<double>& a, const std::vector<double>& b) {
  const std::size_t length = std::bit_ceil(a.size() + b.size());
  const auto x = fourier_transform(a, length);
  if (!x) return tl::unexpected(x.error());
  const auto y = fourier_transform(b, length);
  if (!y) return tl::unexpected(y.error());
  double strongest = 0;
  for (std::size_t k = 0; k < x->size(); ++k)
    strongest = std::max(strongest, std::abs((*x)[k]) * std::abs((*y)[k]));
  // Of a spectrum R + iI of a real signal the transform of R + I (real, by Hartley) has the signal as the sum
  // of its real and its imaginary part: back with the same transform.
  std::vector<double> hartley(length);
  for (std::size_t k = 0; k < x->size(); ++k) {
    const std::complex<double> cross = std::conj((*x)[k]) * (*y)[k];
    const double weight = 1 / std::sqrt(std::abs(cross) + 1e-6 * strongest);
    hartley[k] = weight * (cross.real() + cross.imag());
    if (k > 0 && k < length - k) hartley[length - k] = weight * (cross.real() - cross.imag());
  }
  const auto back = fourier_transform(hartley);
  if (!back) return tl::unexpected(back.error());
  std::vector<double> out(length);
  for (std::size_t n = 0; n < back->size(); ++n) {
    out[n] = ((*back)[n].real() + (*back)[n].imag()) / static_cast<double>(length);
    if (n > 0 && n < length - n)
      out[length - n] = ((*back)[n].real() - (*back)[n].imag()) / static_cast<double>(length);
  }
  return out;
}

/// Between values, by the parabola through a maximum and its neighbors.
double between_values(double before, double at, double after) {
  const double bend = before - 2 * at + after;
  return bend < 0 ? std::clamp(0.5 * (before - after) / bend, -0.5, 0.5) : 0;
}

class Peaks {
 public:
  Peaks(std::vector<double> at, std::ptrdiff_t first, std::ptrdiff_t last)
      : at_(std::move(at)), first_(first), last_(last) {
    for (std::ptrdiff_t s = first_; s <= last_; ++s)
      if (value(s) > value(best_)) best_ = s;
  }
  [[nodiscard]] std::ptrdiff_t best() const { return best_; }
  [[nodiscard]] double refined() const {
    return static_cast<double>(best_) + between_values(value(best_ - 1), value(best_), value(best_ + 1));
  }
  [[nodiscard]] double confidence() const {
    double next = 0;
    for (std::ptrdiff_t s = first_; s <= last_; ++s)
      if (std::abs(s - best_) > kSamePeak) next = std::max(next, value(s));
    return value(best_) > 0 ? 1 - next / value(best_) : 0;
  }

 private:
  [[nodiscard]] double value(std::ptrdiff_t shift) const {
    const auto n = static_cast<std::ptrdiff_t>(at_.size());
    return at_[static_cast<std::size_t>((shift % n + n) % n)];
  }
  std::vector<double> at_;
  std::ptrdiff_t first_, last_;
  std::ptrdiff_t best_ = 0;
};

struct Sound {
  std::size_t at = 0;
  double rise = 0;
};

/// The steepest places, each once.
std::vector<Sound> sounds_of(const std::vector<double>& rise) {
  std::vector<Sound> out;
  for (std::size_t i = 0; i < rise.size(); ++i) {
    if (!(rise[i] > 0)) continue;
    const bool same = !out.empty() && static_cast<std::ptrdiff_t>(i - out.back().at) <= kSamePeak;
    if (!same) out.push_back({i, rise[i]});
    if (same && rise[i] > out.back().rise) out.back() = {i, rise[i]};
  }
  return out;
}

/// The center of a rise around a value: finer than a millisecond. nullopt: no rise there.
std::optional<double> center_of(const std::vector<double>& rise, std::ptrdiff_t around) {
  double sum = 0;
  double weights = 0;
  for (std::ptrdiff_t i = around - kSameSound; i <= around + kSameSound; ++i) {
    if (i < 0 || i >= static_cast<std::ptrdiff_t>(rise.size())) continue;
    const double weight = rise[static_cast<std::size_t>(i)];
    sum += weight * static_cast<double>(i);
    weights += weight;
  }
  if (!(weights > 0)) return std::nullopt;
  return sum / weights;
}

/// How far the lags of single sounds lie from each other, and how many there are.
void add_spread(SoundLag& found, const std::vector<double>& a, const std::vector<double>& b,
                std::ptrdiff_t shift) {
  constexpr double kNineInTen = 1.645;
  std::vector<double> lags;
  for (const Sound& sound : sounds_of(a)) {
    const auto at = static_cast<std::ptrdiff_t>(sound.at);
    const auto first = center_of(a, at);
    const auto second = center_of(b, at + shift);
    if (first && second) lags.push_back(*second - *first);
  }
  found.sounds = static_cast<int>(lags.size());
  double variance = 0;
  if (lags.size() > 1) {
    double mean = 0;
    for (const double lag : lags) mean += lag / static_cast<double>(lags.size());
    for (const double lag : lags)
      variance += (lag - mean) * (lag - mean) / static_cast<double>(lags.size() - 1);
    variance /= static_cast<double>(lags.size());
  }
  found.uncertainty = Seconds{std::hypot(1.0, kNineInTen * std::sqrt(variance)) / kSoundLevelHz};
}

}  // namespace

Result<void> check_sound(const SoundLevels& levels) {
  if (levels.power.empty() || is_silent(levels))
    return fail(ErrorCode::nothing_measured, kBySound, "the sound is silent",
                "allow the camera's app to use the microphone, or leave --sync out");
  const auto rise = rises(levels);
  if (std::any_of(rise.begin(), rise.end(), [](double r) { return r > 0; })) return {};
  return fail(ErrorCode::nothing_measured, kBySound,
              "nothing distinct is heard: no sound rises by " +
                  std::to_string(static_cast<int>(kLeastRiseDb)) + " decibels within milliseconds",
              kClap);
}

Result<SoundLag> lag_by_sound(const SoundLevels& first, const SoundLevels& second) {
  for (const SoundLevels* levels : {&first, &second})
    if (auto ok = check_sound(*levels); !ok) return tl::unexpected(ok.error());
  const auto a = rises(first);
  const auto b = rises(second);
  auto correlation = cross_correlation(a, b);
  if (!correlation) return tl::unexpected(correlation.error());
  const Peaks peaks{std::move(*correlation), -static_cast<std::ptrdiff_t>(a.size()),
                    static_cast<std::ptrdiff_t>(b.size())};
  SoundLag found;
  found.lag = Seconds{(second.from - first.from).value() + peaks.refined() / kSoundLevelHz};
  found.confidence = peaks.confidence();
  add_spread(found, a, b, peaks.best());
  if (found.sounds == 0 || found.confidence < kLeastSoundConfidence) {
    return fail(ErrorCode::nothing_measured, kBySound,
                "the sounds agree at no lag distinctly (confidence " +
                    std::to_string(std::max(0.0, found.confidence)).substr(0, 4) + ", at least " +
                    std::to_string(kLeastSoundConfidence).substr(0, 4) + ")",
                kClap);
  }
  return found;
}

}  // namespace reprise::engine
