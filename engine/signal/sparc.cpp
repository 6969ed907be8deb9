// SPDX-License-Identifier: Apache-2.0
#include "engine/signal/sparc.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/signal/check.h"
#include "engine/signal/spectrum.h"

namespace reprise::engine {

Result<double> sparc(std::span<const double> speed, Hertz sample_rate, const SparcOptions& options) {
  constexpr const char* kStage = "smoothness (SPARC)";
  if (auto ok = detail::check_rate(sample_rate, kStage); !ok) return tl::unexpected(ok.error());
  if (auto ok = detail::check_samples(speed, 4, kStage); !ok) return tl::unexpected(ok.error());
  if (!(options.max_frequency.value() > 0) || !(options.amplitude_threshold > 0) ||
      options.amplitude_threshold >= 1 || options.pad_level < 0 || options.pad_level > 8) {
    return fail(ErrorCode::invalid_argument, kStage, "a parameter is out of range",
                "use a positive frequency, a threshold between 0 and 1, and a pad level from 0 to 8");
  }
  std::size_t length = 1;
  while (length < speed.size()) length *= 2;
  length <<= options.pad_level;
  const auto bins = fourier_transform(speed, length);
  if (!bins) return tl::unexpected(bins.error());

  std::vector<double> magnitude(bins->size());
  std::transform(bins->begin(), bins->end(), magnitude.begin(),
                 [](const auto& bin) { return std::abs(bin); });
  const double largest = *std::max_element(magnitude.begin(), magnitude.end());
  if (!(largest > 0)) {
    return fail(ErrorCode::nothing_measured, kStage, "nothing moved", "measure a movement");
  }

  // The arc runs from the first to the last bin that reaches the threshold.
  const double bin_hz = sample_rate.value() / static_cast<double>(length);
  std::size_t first = magnitude.size();
  std::size_t last = 0;
  for (std::size_t k = 0; k < magnitude.size(); ++k) {
    if (static_cast<double>(k) * bin_hz > options.max_frequency.value()) break;
    magnitude[k] /= largest;
    if (magnitude[k] < options.amplitude_threshold) continue;
    first = std::min(first, k);
    last = k;
  }
  if (first >= last) {
    return fail(ErrorCode::nothing_measured, kStage,
                "the movement has no spectrum below the highest frequency",
                "raise the highest frequency, or check that this is a speed");
  }
  const double frequency_step = 1.0 / static_cast<double>(last - first);
  double arc = 0;
  for (std::size_t k = first; k < last; ++k)
    arc += std::hypot(frequency_step, magnitude[k + 1] - magnitude[k]);
  return -arc;
}

}  // namespace reprise::engine
