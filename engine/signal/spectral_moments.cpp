// SPDX-License-Identifier: Apache-2.0
#include "engine/signal/spectral_moments.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace reprise::engine {

std::optional<SpectralMoments> spectral_moments(const PowerSpectrum& spectrum, Hertz low, Hertz high) {
  const auto& f = spectrum.frequency_hz;
  const auto first = static_cast<std::size_t>(std::lower_bound(f.begin(), f.end(), low.value()) - f.begin());
  const auto end = static_cast<std::size_t>(std::upper_bound(f.begin(), f.end(), high.value()) - f.begin());
  // Trapezoids: the first and the last bin stand for half a bin width each.
  const auto weight = [&](std::size_t k) { return k == first || k + 1 == end ? 0.5 : 1.0; };
  double sum = 0, weighted = 0, bins = 0;
  for (std::size_t k = first; k < end; ++k) {
    sum += weight(k) * spectrum.density[k];
    weighted += weight(k) * spectrum.density[k] * f[k];
    bins += spectrum.density[k];
  }
  if (!(sum > 0) || end - first < 2) return std::nullopt;
  SpectralMoments moments;
  moments.mean_frequency = Hertz{weighted / sum};
  moments.power = bins * (f[1] - f[0]);
  double below = 0;
  for (std::size_t k = first; k + 1 < end; ++k) {
    const double left = spectrum.density[k];
    const double right = spectrum.density[k + 1];
    const double reached = below + (left + right) / 2;
    if (reached >= sum / 2) {
      // Within the trapezoid the power grows as left u + (right - left) u^2 / 2.
      const double wanted = sum / 2 - below;
      const double root = std::sqrt(std::max(0.0, left * left + 2 * (right - left) * wanted));
      const double u = left + root > 0 ? 2 * wanted / (left + root) : 1;
      moments.median_frequency = Hertz{f[k] + std::min(u, 1.0) * (f[k + 1] - f[k])};
      break;
    }
    below = reached;
  }
  return moments;
}

}  // namespace reprise::engine
