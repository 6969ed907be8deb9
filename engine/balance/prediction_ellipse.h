// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "base/result.h"
#include "base/units.h"

namespace reprise::engine {

/// An ellipse around points of two coordinates, in the unit of the points.
struct PredictionEllipse {
  double area = 0;        ///< unit squared
  double semi_major = 0;  ///< half of the longer axis
  double semi_minor = 0;
  Radians angle{0};  ///< of the longer axis, from the first coordinate toward the second, above -pi/2 to pi/2
};

/// The prediction ellipse: a further point of the same normal distribution falls inside with `probability`
/// (above 0, below 1). Semi-axes: sqrt(2 (n - 1) (n + 1) / (n (n - 2)) F) times the square roots of the
/// covariance's eigenvalues, F the quantile of the F distribution with 2 and n - 2 degrees of freedom, as in
/// BMClab/BMC, functions/hyperellipsoid.py; the published areas of Santos & Duarte 2016 agree. For 2 and m
/// degrees of freedom the quantile has the closed form m/2 ((1 - p)^(-2/m) - 1).
/// `first` and `second` hold as many values, finite. Errors: invalid_argument, nothing_measured (fewer than
/// three points).
[[nodiscard]] Result<PredictionEllipse> prediction_ellipse(std::span<const double> first,
                                                           std::span<const double> second,
                                                           double probability = 0.95);

}  // namespace reprise::engine
