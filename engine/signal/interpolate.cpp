// SPDX-License-Identifier: Apache-2.0
#include "engine/signal/interpolate.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "engine/signal/check.h"

namespace reprise::engine {
namespace {

constexpr const char* kInterpolation = "interpolation";

/// The one-sided three-point slope, limited so that the first piece stays monotone.
double end_slope(double h0, double h1, double secant0, double secant1) {
  const double slope = ((2 * h0 + h1) * secant0 - h0 * secant1) / (h0 + h1);
  if (slope * secant0 <= 0) return 0;
  if (secant0 * secant1 <= 0 && std::abs(slope) > 3 * std::abs(secant0)) return 3 * secant0;
  return slope;
}

}  // namespace

std::vector<double> pchip_slopes(std::span<const double> times_s, std::span<const double> values) {
  const std::size_t n = times_s.size();
  std::vector<double> h(n - 1);
  std::vector<double> secant(n - 1);
  for (std::size_t i = 0; i + 1 < n; ++i) {
    h[i] = times_s[i + 1] - times_s[i];
    secant[i] = (values[i + 1] - values[i]) / h[i];
  }
  std::vector<double> slopes(n);
  if (n == 2) {
    slopes[0] = slopes[1] = secant[0];
    return slopes;
  }
  for (std::size_t i = 1; i + 1 < n; ++i) {
    if (secant[i - 1] * secant[i] <= 0) continue;  // a turning point: flat
    const double w0 = 2 * h[i] + h[i - 1];
    const double w1 = h[i] + 2 * h[i - 1];
    slopes[i] = (w0 + w1) / (w0 / secant[i - 1] + w1 / secant[i]);
  }
  slopes.front() = end_slope(h[0], h[1], secant[0], secant[1]);
  slopes.back() = end_slope(h[n - 2], h[n - 3], secant[n - 2], secant[n - 3]);
  return slopes;
}

Result<std::vector<double>> interpolate(std::span<const double> times_s, std::span<const double> values,
                                        std::span<const double> at_s, Interpolation method) {
  if (auto ok = detail::check_samples(values, 2, kInterpolation); !ok) return tl::unexpected(ok.error());
  if (auto ok = detail::check_times(times_s, values.size(), kInterpolation); !ok)
    return tl::unexpected(ok.error());
  const auto slopes = method == Interpolation::pchip ? pchip_slopes(times_s, values) : std::vector<double>{};
  std::vector<double> result;
  result.reserve(at_s.size());
  for (const double t : at_s) {
    if (!(t >= times_s.front() && t <= times_s.back())) {
      return fail(ErrorCode::invalid_argument, kInterpolation,
                  std::to_string(t) + " s lies outside the samples' times",
                  "ask only for times between them");
    }
    const auto above = std::upper_bound(times_s.begin(), times_s.end() - 1, t);
    const auto i = static_cast<std::size_t>(above - times_s.begin()) - 1;
    const double h = times_s[i + 1] - times_s[i];
    const double u = (t - times_s[i]) / h;
    const double rise = values[i + 1] - values[i];
    if (method == Interpolation::linear) {
      result.push_back(values[i] + u * rise);
      continue;
    }
    // Cubic Hermite, written as the straight line plus two corrections.
    const double v = 1 - u;
    const double a = h * slopes[i] - rise;
    const double b = rise - h * slopes[i + 1];
    result.push_back(values[i] + u * rise + u * v * (v * a + u * b));
  }
  return result;
}

}  // namespace reprise::engine
