// SPDX-License-Identifier: Apache-2.0
#include "engine/multibody/coordinate_curves.h"

#include <algorithm>
#include <cmath>

#include "engine/signal/butterworth.h"
#include "engine/signal/check.h"

namespace reprise::engine {
namespace {

/// Half of the samples added at each end, reflected in the first and in the last one.
std::vector<double> extended_by_half(std::span<const double> samples) {
  const std::size_t n = samples.size();
  const std::size_t pad = n / 2;
  std::vector<double> out;
  out.reserve(n + 2 * pad);
  for (std::size_t i = pad; i > 0; --i) out.push_back(2 * samples.front() - samples[i]);
  out.insert(out.end(), samples.begin(), samples.end());
  for (std::size_t i = 1; i <= pad; ++i) out.push_back(2 * samples.back() - samples[n - 1 - i]);
  return out;
}

/// Whether the times differ from even ones by rounding alone. Steps of a file with four decimals do not:
/// taken as even, they would be off by up to a percent, and accelerations by more.
bool are_even(std::span<const double> times_s, std::span<const double> even_s) {
  if (times_s.size() != even_s.size()) return false;
  const double most = 1e-6 * (even_s[1] - even_s[0]);
  for (std::size_t i = 0; i < times_s.size(); ++i) {
    if (!(std::abs(times_s[i] - even_s[i]) < most)) return false;
  }
  return true;
}

double shortest_step(std::span<const double> times_s) {
  double step = times_s[1] - times_s[0];
  for (std::size_t i = 2; i < times_s.size(); ++i) step = std::min(step, times_s[i] - times_s[i - 1]);
  return step;
}

}  // namespace

Result<std::vector<PiecewisePolynomial>> coordinate_curves(std::span<const double> times_s,
                                                           std::span<const std::vector<double>> values,
                                                           std::optional<Hertz> cutoff) {
  constexpr const char* kStage = "smoothing coordinates";
  const std::size_t least = cutoff ? 8 : 2;
  std::vector<PiecewisePolynomial> curves;
  std::vector<double> times(times_s.begin(), times_s.end());
  std::vector<double> even;
  bool resampled = false;
  for (const std::vector<double>& column : values) {
    if (auto ok = detail::check_times(times_s, column.size(), kStage); !ok) return tl::unexpected(ok.error());
    if (auto ok = detail::check_samples(column, least, kStage); !ok) return tl::unexpected(ok.error());
    if (!cutoff) {
      auto curve = PiecewisePolynomial::natural_quintic(times_s, column);
      if (!curve) return tl::unexpected(curve.error());
      curves.push_back(std::move(*curve));
      continue;
    }
    std::vector<double> samples = extended_by_half(column);
    if (even.empty()) {
      times = extended_by_half(times_s);
      const double step = shortest_step(times);
      const auto count = static_cast<std::size_t>((times.back() - times.front()) / step + 1e-6) + 1;
      // A file with two sampling rates would become very long.
      if (count > 20 * times.size())
        return fail(ErrorCode::invalid_argument, kStage,
                    "the shortest step between samples is a small part of the mean one",
                    "export the coordinates at an even rate");
      for (std::size_t i = 0; i < count; ++i) even.push_back(times.front() + step * static_cast<double>(i));
      resampled = !are_even(times, even);
    }
    if (resampled) {
      auto curve = PiecewisePolynomial::natural_quintic(times, samples);
      if (!curve) return tl::unexpected(curve.error());
      samples.clear();
      for (const double t : even) samples.push_back(curve->at(t).value);
    }
    const Hertz rate{1 / (even[1] - even[0])};
    const auto filtered = butterworth_zero_phase(samples, rate, {.order = 3, .cutoff = *cutoff}, false);
    if (!filtered) return tl::unexpected(filtered.error());
    auto curve = PiecewisePolynomial::natural_quintic(even, *filtered);
    if (!curve) return tl::unexpected(curve.error());
    curves.push_back(std::move(*curve));
  }
  return curves;
}

}  // namespace reprise::engine
