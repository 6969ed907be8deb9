// SPDX-License-Identifier: Apache-2.0
#include "engine/signal/piecewise_polynomial.h"

#include <Eigen/Core>
#include <Eigen/LU>
#include <algorithm>
#include <cstddef>

#include "engine/signal/check.h"
#include "engine/signal/tridiagonal.h"

namespace reprise::engine {
namespace {

Result<void> check_curve(std::span<const double> x, std::span<const double> y, const char* stage) {
  if (auto ok = detail::check_times(x, y.size(), stage); !ok) return ok;
  return detail::check_samples(y, 2, stage);
}

/// A sixth of the second derivatives at the knots of the cubic spline.
std::vector<double> sixths_of_second_derivatives(std::span<const double> x, std::span<const double> y) {
  const std::size_t n = x.size();
  if (n == 2) return {0, 0};
  const auto step = [&](std::size_t i) { return x[i + 1] - x[i]; };
  const auto slope = [&](std::size_t i) { return (y[i + 1] - y[i]) / step(i); };
  std::vector<double> below(n, 0), diagonal(n), above(n, 0), right(n, 0);
  for (std::size_t i = 1; i + 1 < n; ++i) {
    below[i] = step(i - 1);
    diagonal[i] = 2 * (step(i - 1) + step(i));
    above[i] = step(i);
    right[i] = slope(i) - slope(i - 1);
  }
  diagonal.front() = -step(0), above.front() = step(0);
  diagonal.back() = -step(n - 2), below.back() = step(n - 2);
  if (n > 3) {
    const auto second = [&](std::size_t i) { return (slope(i + 1) - slope(i)) / (x[i + 2] - x[i]); };
    const auto third = [&](std::size_t i) { return (second(i + 1) - second(i)) / (x[i + 3] - x[i]); };
    right.front() = step(0) * step(0) * third(0);
    right.back() = -step(n - 2) * step(n - 2) * third(n - 4);
  }
  detail::solve_tridiagonal(below, diagonal, above, right);
  return right;
}

/// Slopes and second derivatives at the knots of the natural quintic spline, from the continuity of third and
/// fourth derivatives: two equations a knot, each with the knots beside it.
std::vector<Eigen::Vector2d> quintic_slopes(std::span<const double> x, std::span<const double> y) {
  const std::size_t n = x.size();
  std::vector<Eigen::Matrix2d> diagonal(n, Eigen::Matrix2d::Zero()), above(n), below(n);
  std::vector<Eigen::Vector2d> right(n, Eigen::Vector2d::Zero());
  for (std::size_t i = 0; i + 1 < n; ++i) {
    const double h = x[i + 1] - x[i];
    const double h2 = h * h;
    const double rise = (y[i + 1] - y[i]) / (h2 * h);
    // Third and fourth derivative of the piece at its beginning, minus those at its end on the row of the
    // next knot.
    Eigen::Matrix2d m;
    m << -36 / h2, -9 / h, 192 / (h2 * h), 36 / h2;
    diagonal[i] += m;
    m << -24 / h2, 3 / h, 168 / (h2 * h), -24 / h2;
    above[i] = m;
    right[i] -= Eigen::Vector2d{60 * rise, -360 * rise / h};
    m << 36 / h2, -9 / h, 192 / (h2 * h), -36 / h2;
    diagonal[i + 1] += m;
    m << 24 / h2, 3 / h, 168 / (h2 * h), 24 / h2;
    below[i + 1] = m;
    right[i + 1] += Eigen::Vector2d{60 * rise, 360 * rise / h};
  }
  for (std::size_t i = 1; i < n; ++i) {
    const Eigen::Matrix2d factor = below[i] * diagonal[i - 1].inverse();
    diagonal[i] -= factor * above[i - 1];
    right[i] -= factor * right[i - 1];
  }
  for (std::size_t i = n; i-- > 0;) {
    if (i + 1 < n) right[i] -= above[i] * right[i + 1];
    right[i] = (diagonal[i].inverse() * right[i]).eval();
  }
  return right;
}

}  // namespace

PiecewisePolynomial PiecewisePolynomial::polynomial(std::span<const double> coefficients) {
  PiecewisePolynomial out;
  out.coefficients_.assign(coefficients.rbegin(), coefficients.rend());
  out.width_ = coefficients.size();
  return out;
}

Result<PiecewisePolynomial> PiecewisePolynomial::lines(std::span<const double> x, std::span<const double> y) {
  if (auto ok = check_curve(x, y, "linear interpolation"); !ok) return tl::unexpected(ok.error());
  PiecewisePolynomial out;
  out.width_ = 2;
  out.knots_.assign(x.begin(), x.end());
  const std::size_t n = x.size();
  for (std::size_t piece = 0; piece <= n; ++piece) {
    const std::size_t from = std::min(piece == 0 ? 0 : piece - 1, n - 2);
    const double slope = (y[from + 1] - y[from]) / (x[from + 1] - x[from]);
    out.coefficients_.insert(out.coefficients_.end(), {piece == n ? y[n - 1] : y[from], slope});
  }
  return out;
}

Result<PiecewisePolynomial> PiecewisePolynomial::cubic(std::span<const double> x, std::span<const double> y) {
  if (auto ok = check_curve(x, y, "cubic spline"); !ok) return tl::unexpected(ok.error());
  const std::vector<double> bend = sixths_of_second_derivatives(x, y);
  PiecewisePolynomial out;
  out.width_ = 4;
  out.knots_.assign(x.begin(), x.end());
  const std::size_t n = x.size();
  out.coefficients_.resize(4 * (n + 1), 0);
  double end_slope = 0;
  for (std::size_t i = 0; i + 1 < n; ++i) {
    const double h = x[i + 1] - x[i];
    const double rise = (y[i + 1] - y[i]) / h;
    double* c = &out.coefficients_[4 * (i + 1)];
    c[0] = y[i];
    c[1] = rise - h * (bend[i + 1] + 2 * bend[i]);
    c[2] = 3 * bend[i];
    c[3] = (bend[i + 1] - bend[i]) / h;
    end_slope = rise + h * (2 * bend[i + 1] + bend[i]);
  }
  out.coefficients_[0] = y[0], out.coefficients_[1] = out.coefficients_[5];
  out.coefficients_[4 * n] = y[n - 1], out.coefficients_[4 * n + 1] = end_slope;
  return out;
}

Result<PiecewisePolynomial> PiecewisePolynomial::natural_quintic(std::span<const double> x,
                                                                 std::span<const double> y) {
  if (auto ok = check_curve(x, y, "quintic spline"); !ok) return tl::unexpected(ok.error());
  // Through two samples there is more than one such curve.
  if (x.size() == 2) return lines(x, y);
  const std::vector<Eigen::Vector2d> slopes = quintic_slopes(x, y);
  PiecewisePolynomial out;
  out.width_ = 6;
  out.knots_.assign(x.begin(), x.end());
  const std::size_t n = x.size();
  out.coefficients_.resize(6 * (n + 1), 0);
  const auto parabola = [&](std::size_t piece, std::size_t knot) {
    double* c = &out.coefficients_[6 * piece];
    c[0] = y[knot], c[1] = slopes[knot][0], c[2] = slopes[knot][1] / 2;
  };
  parabola(0, 0);
  parabola(n, n - 1);
  for (std::size_t i = 0; i + 1 < n; ++i) {
    const double h = x[i + 1] - x[i];
    const double rise = (y[i + 1] - y[i]) / h;
    const double s0 = slopes[i][0], s1 = slopes[i + 1][0];
    const double c0 = slopes[i][1], c1 = slopes[i + 1][1];
    parabola(i + 1, i);
    double* c = &out.coefficients_[6 * (i + 1)];
    c[3] = ((10 * rise - 6 * s0 - 4 * s1) / h - (3 * c0 - c1) / 2) / h;
    c[4] = ((-15 * rise + 8 * s0 + 7 * s1) / h + (3 * c0 - 2 * c1) / 2) / (h * h);
    c[5] = ((6 * rise - 3 * s0 - 3 * s1) / h - (c0 - c1) / 2) / (h * h * h);
  }
  return out;
}

FunctionValue PiecewisePolynomial::at(double x) const {
  std::size_t piece = 0;
  double from = 0;
  if (!knots_.empty()) {
    piece = static_cast<std::size_t>(std::upper_bound(knots_.begin(), knots_.end(), x) - knots_.begin());
    from = knots_[piece == 0 ? 0 : piece - 1];
  }
  const double d = x - from;
  FunctionValue out;
  for (std::size_t k = width_; k-- > 0;) {
    out.curvature = out.curvature * d + 2 * out.slope;
    out.slope = out.slope * d + out.value;
    out.value = out.value * d + coefficients_[piece * width_ + k];
  }
  return out;
}

PiecewisePolynomial PiecewisePolynomial::scaled(double factor) const {
  PiecewisePolynomial out = *this;
  for (double& c : out.coefficients_) c *= factor;
  return out;
}

}  // namespace reprise::engine
