// SPDX-License-Identifier: Apache-2.0
#include "engine/balance/sway.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>
#include <string>

#include "engine/signal/sample_entropy.h"
#include "engine/signal/spectral_moments.h"
#include "engine/signal/spectrum.h"

namespace reprise::engine {
namespace {

constexpr const char* kSway = "postural sway";

double mean_of(std::span<const double> samples) {
  return std::accumulate(samples.begin(), samples.end(), 0.0) / static_cast<double>(samples.size());
}

SwayDirection measure_direction(std::span<const double> samples, Seconds duration) {
  SwayDirection direction;
  const double mean = mean_of(samples);
  double squares = 0;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    squares += (samples[i] - mean) * (samples[i] - mean);
    if (i > 0) direction.path_length_m += std::abs(samples[i] - samples[i - 1]);
  }
  const auto [low, high] = std::minmax_element(samples.begin(), samples.end());
  direction.range_m = *high - *low;
  direction.rms_m = std::sqrt(squares / static_cast<double>(samples.size()));
  direction.mean_velocity_mps = direction.path_length_m / duration.value();
  return direction;
}

/// The direction's spectral moments; power 0 if it does not move.
SpectralMoments add_frequencies(SwayDirection& direction, const PowerSpectrum& spectrum) {
  const auto moments = spectral_moments(spectrum);
  if (direction.range_m <= 0 || !moments) return {};
  direction.mean_frequency = moments->mean_frequency;
  direction.median_frequency = moments->median_frequency;
  return *moments;
}

void add_entropy(SwayDirection& direction, std::span<const double> samples, Hertz rate,
                 const SwayOptions& options) {
  const auto thinned = detail::thin(samples, rate, options.entropy_rate);
  if (direction.range_m <= 0) return;
  const double tolerance = options.entropy_tolerance * direction.rms_m;
  // An undefined entropy (no pattern repeats) is missing, and no reason to refuse the other measures.
  if (const auto entropy = sample_entropy(thinned.samples, options.entropy_length, tolerance)) {
    direction.sample_entropy = *entropy;
  }
}

}  // namespace

Result<SwayMeasures> sway(const CopView& path, const SwayOptions& options) {
  const detail::CopLimits limits{options.shortest, options.slowest_rate, options.widest};
  if (auto ok = detail::check_cop(path, limits, kSway); !ok) return tl::unexpected(ok.error());
  if (!(options.entropy_tolerance > 0) || options.entropy_length < 1 || options.entropy_length > 10 ||
      !(options.entropy_rate.value() > 0)) {
    return fail(ErrorCode::invalid_argument, kSway, "a parameter of the sample entropy is out of range",
                "use a length from 1 to 10, a tolerance above 0 and a rate above 0");
  }
  const auto ellipse = prediction_ellipse(path.ap_m, path.ml_m, options.ellipse_probability);
  if (!ellipse) return tl::unexpected(ellipse.error());
  WelchOptions halves;
  halves.segment = std::max<std::size_t>(8, (path.size() + 1) / 2);
  auto ap_spectrum = welch(path.ap_m, path.rate, halves);
  if (!ap_spectrum) return tl::unexpected(ap_spectrum.error());
  const auto ml_spectrum = welch(path.ml_m, path.rate, halves);
  if (!ml_spectrum) return tl::unexpected(ml_spectrum.error());

  SwayMeasures measures;
  measures.duration = path.duration();
  measures.ellipse = *ellipse;
  measures.ap = measure_direction(path.ap_m, measures.duration);
  measures.ml = measure_direction(path.ml_m, measures.duration);
  measures.rms_distance_m = std::hypot(measures.ap.rms_m, measures.ml.rms_m);
  for (std::size_t i = 1; i < path.size(); ++i) {
    measures.path_length_m += std::hypot(path.ap_m[i] - path.ap_m[i - 1], path.ml_m[i] - path.ml_m[i - 1]);
  }
  measures.mean_velocity_mps = measures.path_length_m / measures.duration.value();
  const auto ap_moments = add_frequencies(measures.ap, *ap_spectrum);
  const auto ml_moments = add_frequencies(measures.ml, *ml_spectrum);
  measures.mean_frequency =
      (ap_moments.mean_frequency * ap_moments.power + ml_moments.mean_frequency * ml_moments.power) /
      (ap_moments.power + ml_moments.power);
  for (std::size_t k = 0; k < ap_spectrum->density.size(); ++k) {
    ap_spectrum->density[k] += ml_spectrum->density[k];
  }
  if (const auto both = spectral_moments(*ap_spectrum)) measures.median_frequency = both->median_frequency;
  add_entropy(measures.ap, path.ap_m, path.rate, options);
  add_entropy(measures.ml, path.ml_m, path.rate, options);
  return measures;
}

}  // namespace reprise::engine
