// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>

#include "base/result.h"

namespace reprise::engine {

struct FittedLine {
  double slope = 0;
  double intercept = 0;
  /// Half the width of the slope's 95 % confidence interval (Student's t, residuals independent and equally
  /// spread); missing for two points.
  std::optional<double> slope_confidence;
};

/// The straight line of least squares through points (`x`, `y`), as many of each, finite.
/// Errors: invalid_argument, nothing_measured (fewer than two points, or all at one x).
[[nodiscard]] Result<FittedLine> fit_line(std::span<const double> x, std::span<const double> y);

/// The probability that Student's t with `degrees` of freedom (at least 1) lies between -t and t, `t` not
/// negative.
[[nodiscard]] double student_t_central(double t, int degrees);

/// The quantile of Student's t distribution for `degrees` of freedom (at least 1) and a `probability` from
/// 0.5 to below 1, to nine digits. From the finite sums of its distribution function for whole degrees of
/// freedom, inverted by bisection.
[[nodiscard]] double student_t_quantile(double probability, int degrees);

}  // namespace reprise::engine
