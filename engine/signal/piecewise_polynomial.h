// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "base/result.h"

namespace reprise::engine {

/// A function's value and its first two derivatives at one place.
struct FunctionValue {
  double value = 0;
  double slope = 0;
  double curvature = 0;
};

/// A function of one variable made of polynomials between knots: constants, polynomials, and the curves
/// through samples below. Defined everywhere: each says how it goes on before the first and after the last
/// sample. The empty function is 0.
class PiecewisePolynomial {
 public:
  PiecewisePolynomial() = default;

  /// One polynomial for all values; `coefficients` from the highest power to the constant.
  [[nodiscard]] static PiecewisePolynomial polynomial(std::span<const double> coefficients);

  /// Straight lines from sample to sample, the outer ones prolonged. `x` rise strictly, at least two. Errors:
  /// invalid_argument, nothing_measured (fewer than two samples).
  [[nodiscard]] static Result<PiecewisePolynomial> lines(std::span<const double> x,
                                                         std::span<const double> y);

  /// The cubic spline whose third derivative at each end is that of the cubic through the four samples there
  /// (of Forsythe, Malcolm and Moler, "Computer Methods for Mathematical Computations", 1977; OpenSim's
  /// SimmSpline), prolonged by straight lines. A line through two samples. Arguments and errors as of
  /// `lines`.
  [[nodiscard]] static Result<PiecewisePolynomial> cubic(std::span<const double> x,
                                                         std::span<const double> y);

  /// The natural spline of degree five, four times continuously differentiable: of all curves through the
  /// samples the one with the least integral of the squared third derivative. Third and fourth derivatives
  /// are 0 at the ends; parabolas go on from there. A line through two samples, as `lines`. Arguments and
  /// errors as of `lines`.
  [[nodiscard]] static Result<PiecewisePolynomial> natural_quintic(std::span<const double> x,
                                                                   std::span<const double> y);

  [[nodiscard]] FunctionValue at(double x) const;
  [[nodiscard]] PiecewisePolynomial scaled(double factor) const;

 private:
  /// Piece 0 lies before the first knot, piece i between knots i - 1 and i. Each is a polynomial of the
  /// distance from the knot before it (piece 0: from the first), `width_` coefficients from the constant up.
  std::vector<double> knots_;
  std::vector<double> coefficients_;
  std::size_t width_ = 0;
};

}  // namespace reprise::engine
