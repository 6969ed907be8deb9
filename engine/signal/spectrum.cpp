// SPDX-License-Identifier: Apache-2.0
#include "engine/signal/spectrum.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <unsupported/Eigen/FFT>

#include "engine/signal/check.h"

namespace reprise::engine {
namespace {

constexpr const char* kSpectrum = "spectrum";

std::vector<std::complex<double>> transform(const std::vector<double>& padded) {
  if (padded.size() == 1) return {padded.front()};  // Eigen's real transform wants at least two
  Eigen::FFT<double> fft;
  fft.SetFlag(Eigen::FFT<double>::HalfSpectrum);
  std::vector<std::complex<double>> bins;
  fft.fwd(bins, padded);
  return bins;
}

}  // namespace

Result<std::vector<std::complex<double>>> fourier_transform(std::span<const double> samples,
                                                            std::size_t length) {
  if (auto ok = detail::check_samples(samples, 1, kSpectrum); !ok) return tl::unexpected(ok.error());
  if (length != 0 && length < samples.size()) {
    return fail(ErrorCode::invalid_argument, kSpectrum, "the transform is shorter than the signal",
                "choose a length of at least the signal's");
  }
  std::vector<double> padded(samples.begin(), samples.end());
  if (length != 0) padded.resize(length, 0.0);
  return transform(padded);
}

Result<PowerSpectrum> welch(std::span<const double> samples, Hertz sample_rate, const WelchOptions& options) {
  if (auto ok = detail::check_rate(sample_rate, kSpectrum); !ok) return tl::unexpected(ok.error());
  if (auto ok = detail::check_samples(samples, 8, kSpectrum); !ok) return tl::unexpected(ok.error());
  if (options.segment < 8 || !(options.overlap >= 0 && options.overlap < 1)) {
    return fail(ErrorCode::invalid_argument, kSpectrum, "the segment or overlap cannot be used",
                "use segments of at least 8 samples and an overlap from 0 to below 1");
  }
  const std::size_t n = std::min(options.segment, samples.size());
  const auto shift = std::max<std::size_t>(
      1, static_cast<std::size_t>(std::lround(static_cast<double>(n) * (1 - options.overlap))));
  std::vector<double> window(n);
  double window_power = 0;
  for (std::size_t i = 0; i < n; ++i) {
    window[i] = 0.5 - 0.5 * std::cos(2 * kPi * static_cast<double>(i) / static_cast<double>(n));
    window_power += window[i] * window[i];
  }

  PowerSpectrum spectrum;
  spectrum.density.assign(n / 2 + 1, 0.0);
  std::size_t segments = 0;
  std::vector<double> segment(n);
  for (std::size_t start = 0; start + n <= samples.size(); start += shift, ++segments) {
    const auto part = samples.subspan(start, n);
    const double mean = std::accumulate(part.begin(), part.end(), 0.0) / static_cast<double>(n);
    for (std::size_t i = 0; i < n; ++i) segment[i] = (part[i] - mean) * window[i];
    const auto bins = transform(segment);
    for (std::size_t k = 0; k < spectrum.density.size(); ++k) spectrum.density[k] += std::norm(bins[k]);
  }
  const double scale = 1.0 / (sample_rate.value() * window_power * static_cast<double>(segments));
  for (std::size_t k = 0; k < spectrum.density.size(); ++k) {
    // All but the first bin, and the last of an even length, stand for a negative frequency too.
    const bool paired = k != 0 && 2 * k != n;
    spectrum.density[k] *= paired ? 2 * scale : scale;
    spectrum.frequency_hz.push_back(sample_rate.value() * static_cast<double>(k) / static_cast<double>(n));
  }
  return spectrum;
}

Result<Hertz> dominant_frequency(const PowerSpectrum& spectrum, Hertz low, Hertz high) {
  const auto& f = spectrum.frequency_hz;
  const auto& p = spectrum.density;
  std::size_t best = f.size();
  for (std::size_t k = 0; k < f.size(); ++k) {
    if (f[k] < low.value() || f[k] > high.value() || !(p[k] > 0)) continue;
    if (best == f.size() || p[k] > p[best]) best = k;
  }
  if (best == f.size()) {
    return fail(ErrorCode::nothing_measured, kSpectrum, "there is no power in the band",
                "widen the band or record longer");
  }
  if (best == 0 || best + 1 == f.size()) return Hertz{f[best]};
  if (!(p[best - 1] > 0) || !(p[best + 1] > 0)) return Hertz{f[best]};
  // The logarithm of a Hann peak is nearer to a parabola than the peak itself.
  const double before = std::log(p[best - 1]);
  const double here = std::log(p[best]);
  const double after = std::log(p[best + 1]);
  const double bend = before - 2 * here + after;
  if (!(bend < 0)) return Hertz{f[best]};
  const double offset = std::clamp(0.5 * (before - after) / bend, -0.5, 0.5);
  return Hertz{f[best] + offset * (f[best + 1] - f[best])};
}

}  // namespace reprise::engine
