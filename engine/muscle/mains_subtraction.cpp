// SPDX-License-Identifier: Apache-2.0
#include "engine/muscle/mains_subtraction.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace reprise::engine::detail {
namespace {

/// One over the mean square of the 50 ms around each sample: loud samples weigh less.
std::vector<double> quiet_weights(std::span<const double> samples, Hertz rate) {
  const auto half = static_cast<std::size_t>(std::lround(0.025 * rate.value()));
  std::vector<double> squares(samples.size() + 1, 0.0);
  for (std::size_t i = 0; i < samples.size(); ++i) squares[i + 1] = squares[i] + samples[i] * samples[i];
  // A floor keeps silent samples from deciding everything.
  const double floor = 1e-3 * squares.back() / static_cast<double>(samples.size());
  std::vector<double> weights(samples.size());
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const std::size_t from = i > half ? i - half : 0;
    const std::size_t to = std::min(i + half + 1, samples.size());
    const double mean_square = (squares[to] - squares[from]) / static_cast<double>(to - from);
    weights[i] = 1 / std::max(mean_square + floor, 1e-300);
  }
  return weights;
}

/// Cosine and sine of one harmonic at each sample, by rotation; exact to rounding over minutes.
struct Oscillation {
  std::vector<double> cosine, sine;

  Oscillation(double radians_per_sample, std::size_t count) : cosine(count), sine(count) {
    for (std::size_t i = 0; i < count; ++i) {
      const double angle = radians_per_sample * static_cast<double>(i);
      cosine[i] = std::cos(angle);
      sine[i] = std::sin(angle);
    }
  }
};

/// A cos + B sin by weighted least squares over a window, which is also Hann weighted.
struct Amplitudes {
  double a = 0, b = 0;
};
Amplitudes fit(std::span<const double> samples, std::span<const double> weights, const Oscillation& wave,
               std::size_t begin, std::span<const double> hann) {
  double cc = 0, cs = 0, ss = 0, xc = 0, xs = 0;
  for (std::size_t k = 0; k < hann.size(); ++k) {
    const std::size_t i = begin + k;
    const double w = weights[i] * hann[k];
    const double c = wave.cosine[i];
    const double s = wave.sine[i];
    cc += w * c * c;
    cs += w * c * s;
    ss += w * s * s;
    xc += w * samples[i] * c;
    xs += w * samples[i] * s;
  }
  const double determinant = cc * ss - cs * cs;
  if (!(determinant > 1e-12 * cc * ss)) return {};
  return {(xc * ss - xs * cs) / determinant, (xs * cc - xc * cs) / determinant};
}

/// Subtracts one harmonic from `samples`, fitted in half overlapping windows.
void subtract_harmonic(std::vector<double>& samples, std::span<const double> weights, const Oscillation& wave,
                       std::size_t window) {
  const std::size_t length = std::min(window, samples.size());
  std::vector<double> hann(length);
  for (std::size_t k = 0; k < length; ++k) {
    hann[k] = 0.5 - 0.5 * std::cos(2 * kPi * (static_cast<double>(k) + 0.5) / static_cast<double>(length));
  }
  std::vector<double> a(samples.size(), 0.0), b(samples.size(), 0.0), total(samples.size(), 0.0);
  const std::size_t shift = std::max<std::size_t>(1, length / 2);
  for (std::size_t begin = 0;; begin += shift) {
    const bool last = begin + length >= samples.size();
    if (last) begin = samples.size() - length;
    const auto amplitudes = fit(samples, weights, wave, begin, hann);
    for (std::size_t k = 0; k < length; ++k) {
      a[begin + k] += hann[k] * amplitudes.a;
      b[begin + k] += hann[k] * amplitudes.b;
      total[begin + k] += hann[k];
    }
    if (last) break;
  }
  for (std::size_t i = 0; i < samples.size(); ++i) {
    samples[i] -= (a[i] * wave.cosine[i] + b[i] * wave.sine[i]) / total[i];
  }
}

}  // namespace

std::vector<double> subtract_mains(std::span<const double> samples, Hertz rate, const MainsHum& mains) {
  std::vector<double> cleaned(samples.begin(), samples.end());
  const auto window = static_cast<std::size_t>(std::lround(rate.value()));
  // The first pass weighs all samples alike, because hum hides how loud the muscle is; the second knows.
  std::vector<double> weights(samples.size(), 1.0);
  for (int pass = 0; pass < 2; ++pass) {
    std::vector<double> remaining(samples.begin(), samples.end());
    for (const int harmonic : mains.harmonics) {
      const Oscillation wave(2 * kPi * harmonic * (mains.fundamental / rate), samples.size());
      subtract_harmonic(remaining, weights, wave, window);
    }
    cleaned = std::move(remaining);
    if (pass == 0) weights = quiet_weights(cleaned, rate);
  }
  return cleaned;
}

}  // namespace reprise::engine::detail
