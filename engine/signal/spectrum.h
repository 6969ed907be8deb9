// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <complex>
#include <cstddef>
#include <span>
#include <vector>

#include "base/result.h"
#include "base/units.h"

namespace reprise::engine {

/// The discrete Fourier transform of a real signal, padded with zeros to `length` (0: its own length):
/// bins 0 to length/2, unscaled; bin k lies at k * rate / length. Any length; powers of two are fastest.
/// Errors: invalid_argument (not finite, `length` below the signal's), nothing_measured (empty).
[[nodiscard]] Result<std::vector<std::complex<double>>> fourier_transform(std::span<const double> samples,
                                                                          std::size_t length = 0);

struct PowerSpectrum {
  std::vector<double> frequency_hz;
  std::vector<double> density;  ///< one-sided, unit of the samples squared per Hz
};

struct WelchOptions {
  std::size_t segment = 256;  ///< samples; the whole signal when that is shorter
  double overlap = 0.5;       ///< share of a segment, 0 to below 1
};

/// Power spectral density by Welch's method (1967): overlapping segments, mean removed, Hann window, averaged
/// periodograms. The integral over frequency is the variance of the signal.
/// Errors: invalid_argument, nothing_measured (fewer than 8 samples).
[[nodiscard]] Result<PowerSpectrum> welch(std::span<const double> samples, Hertz sample_rate,
                                          const WelchOptions& options = {});

/// The frequency with the most power between `low` and `high`, refined by a parabola through the
/// logarithms of the neighboring bins. Errors: nothing_measured (no bin or no power in the band).
[[nodiscard]] Result<Hertz> dominant_frequency(const PowerSpectrum& spectrum, Hertz low, Hertz high);

}  // namespace reprise::engine
