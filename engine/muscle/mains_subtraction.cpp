// SPDX-License-Identifier: Apache-2.0
#include "engine/muscle/mains_subtraction.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstddef>

namespace reprise::engine::detail {
namespace {

/// One over the mean square of the 50 ms around each sample: loud samples weigh less.
std::vector<double> quiet_weights(std::span<const double> samples, Hertz rate) {
  const auto half = static_cast<std::size_t>(std::lround(0.25 * rate.value()));
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

/// Cosine and sine of one harmonic at each sample.
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

/// A harmonic's amplitudes in windows that overlap by half.
struct WindowFits {
  std::size_t length = 0, shift = 0;
  std::vector<double> hann;
  std::vector<std::size_t> begins;
  std::vector<Amplitudes> amplitudes;
};

WindowFits fit_windows(std::span<const double> samples, std::span<const double> weights,
                       const Oscillation& wave, std::size_t window) {
  WindowFits fits;
  fits.length = std::min(window, samples.size());
  fits.shift = std::max<std::size_t>(1, fits.length / 2);
  for (std::size_t k = 0; k < fits.length; ++k) {
    const double turn = (static_cast<double>(k) + 0.5) / static_cast<double>(fits.length);
    fits.hann.push_back(0.5 - 0.5 * std::cos(2 * kPi * turn));
  }
  for (std::size_t begin = 0;; begin += fits.shift) {
    const bool last = begin + fits.length >= samples.size();
    if (last) begin = samples.size() - fits.length;
    fits.begins.push_back(begin);
    fits.amplitudes.push_back(fit(samples, weights, wave, begin, fits.hann));
    if (last) return fits;
  }
}

/// Subtracts one harmonic from `samples`.
void subtract_harmonic(std::vector<double>& samples, std::span<const double> weights, const Oscillation& wave,
                       std::size_t window) {
  const auto fits = fit_windows(samples, weights, wave, window);
  std::vector<double> a(samples.size(), 0.0), b(samples.size(), 0.0), total(samples.size(), 0.0);
  for (std::size_t w = 0; w < fits.begins.size(); ++w) {
    for (std::size_t k = 0; k < fits.length; ++k) {
      const std::size_t i = fits.begins[w] + k;
      a[i] += fits.hann[k] * fits.amplitudes[w].a;
      b[i] += fits.hann[k] * fits.amplitudes[w].b;
      total[i] += fits.hann[k];
    }
  }
  for (std::size_t i = 0; i < samples.size(); ++i) {
    samples[i] -= (a[i] * wave.cosine[i] + b[i] * wave.sine[i]) / total[i];
  }
}

/// The fundamental, corrected by how the strongest harmonic's phase advances from window to window.
Hertz refine_fundamental(std::span<const double> samples, std::span<const double> weights, Hertz rate,
                         const MainsHum& mains, std::size_t window) {
  double strongest = 0;
  Hertz refined = mains.fundamental;
  for (const int harmonic : mains.harmonics) {
    const Oscillation wave(2 * kPi * harmonic * (mains.fundamental / rate), samples.size());
    const auto fits = fit_windows(samples, weights, wave, window);
    std::complex<double> advance = 0;
    for (std::size_t w = 1; w < fits.begins.size(); ++w) {
      if (fits.begins[w] - fits.begins[w - 1] != fits.shift) continue;
      const std::complex<double> here(fits.amplitudes[w].a, -fits.amplitudes[w].b);
      const std::complex<double> before(fits.amplitudes[w - 1].a, -fits.amplitudes[w - 1].b);
      advance += here * std::conj(before);
    }
    if (!(std::abs(advance) > strongest)) continue;
    strongest = std::abs(advance);
    const double off_hz =
        std::arg(advance) / (2 * kPi) * rate.value() / static_cast<double>(fits.shift) / harmonic;
    // Further off than a spectral bin is noise, not the mains.
    if (std::abs(off_hz) < 0.5) refined = mains.fundamental + Hertz{off_hz};
  }
  return refined;
}

}  // namespace

std::vector<double> subtract_mains(std::span<const double> samples, Hertz rate, const MainsHum& mains) {
  std::vector<double> cleaned(samples.begin(), samples.end());
  const auto window = static_cast<std::size_t>(std::lround(0.25 * rate.value()));
  // The first pass weighs all samples alike, because hum hides how loud the muscle is; the second knows.
  std::vector<double> weights(samples.size(), 1.0);
  const Hertz fundamental = refine_fundamental(samples, weights, rate, mains, window);
  for (int pass = 0; pass < 2; ++pass) {
    std::vector<double> remaining(samples.begin(), samples.end());
    for (const int harmonic : mains.harmonics) {
      const Oscillation wave(2 * kPi * harmonic * (fundamental / rate), samples.size());
      subtract_harmonic(remaining, weights, wave, window);
    }
    cleaned = std::move(remaining);
    if (pass == 0) weights = quiet_weights(cleaned, rate);
  }
  return cleaned;
}

}  // namespace reprise::engine::detail
