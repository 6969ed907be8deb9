// SPDX-License-Identifier: Apache-2.0
#include "engine/signal/cubic_spline.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "engine/signal/check.h"
#include "engine/signal/tridiagonal.h"

namespace reprise::engine {
namespace {

constexpr const char* kCubicSpline = "cubic spline";

/// The second derivatives at the knots, by continuity of the first.
std::vector<double> second_derivatives(std::span<const double> t, std::span<const double> y) {
  const std::size_t n = t.size();
  if (n == 2) return {0, 0};
  const auto step = [&](std::size_t i) { return t[i + 1] - t[i]; };
  const auto slope = [&](std::size_t i) { return (y[i + 1] - y[i]) / step(i); };
  if (n == 3) {
    const double bend = 2 * (slope(1) - slope(0)) / (t[2] - t[0]);
    return {bend, bend, bend};
  }
  // Unknowns: the inner knots. The third derivative is the same on both sides of the second and of the last
  // but one knot, so that the outer second derivatives are straight continuations of the inner ones.
  const std::size_t inner = n - 2;
  std::vector<double> below(inner), diagonal(inner), above(inner), right(inner);
  for (std::size_t k = 0; k < inner; ++k) {
    below[k] = step(k);
    diagonal[k] = 2 * (step(k) + step(k + 1));
    above[k] = step(k + 1);
    right[k] = 6 * (slope(k + 1) - slope(k));
  }
  const double first = step(0) / step(1);
  diagonal.front() += step(0) * (1 + first);
  above.front() -= step(0) * first;
  const double last = step(n - 2) / step(n - 3);
  diagonal.back() += step(n - 2) * (1 + last);
  below.back() -= step(n - 2) * last;
  detail::solve_tridiagonal(below, diagonal, above, right);
  std::vector<double> second(n);
  std::copy(right.begin(), right.end(), second.begin() + 1);
  second.front() = second[1] + first * (second[1] - second[2]);
  second.back() = second[n - 2] + last * (second[n - 2] - second[n - 3]);
  return second;
}

}  // namespace

Result<std::vector<double>> cubic_spline(std::span<const double> times_s, std::span<const double> values,
                                         std::span<const double> at_s) {
  if (auto ok = detail::check_times(times_s, values.size(), kCubicSpline); !ok) {
    return tl::unexpected(ok.error());
  }
  if (auto ok = detail::check_samples(values, 2, kCubicSpline); !ok) return tl::unexpected(ok.error());
  const auto second = second_derivatives(times_s, values);
  std::vector<double> result;
  result.reserve(at_s.size());
  for (const double at : at_s) {
    if (!(at >= times_s.front() && at <= times_s.back())) {
      return fail(ErrorCode::invalid_argument, kCubicSpline, "a time lies outside the samples",
                  "ask for times between the first and the last sample");
    }
    const auto after = std::upper_bound(times_s.begin() + 1, times_s.end() - 1, at);
    const auto i = static_cast<std::size_t>(after - times_s.begin()) - 1;
    const double h = times_s[i + 1] - times_s[i];
    const double a = (times_s[i + 1] - at) / h;
    const double b = 1 - a;
    result.push_back(a * values[i] + b * values[i + 1] +
                     ((a * a * a - a) * second[i] + (b * b * b - b) * second[i + 1]) * h * h / 6);
  }
  return result;
}

}  // namespace reprise::engine
