// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "base/units.h"

namespace reprise::engine {

struct SmoothingSplineOptions {
  int order = 3;  ///< of the differences that are kept small, 1 to 4; 3 keeps accelerations smooth
  std::optional<Hertz> cutoff = {};  ///< where half of the amplitude passes; empty: chosen from the data
};

struct SmoothedSignal {
  std::vector<double> values;
  Hertz cutoff;
};

/// Smooths evenly spaced samples without delay and without end effects of padding: the values that weigh
/// nearness to the samples against their own roughness (penalised least squares, the discrete form of a
/// smoothing spline of twice the order). Without a given cutoff the weight is the one that predicts left-out
/// samples best (generalized cross-validation), which suits white noise; slow noise is taken for movement.
/// Best for derivatives: acceleration of Pezzack's angle has a lower error than with Winter's filter
/// (docs/accuracy.md). Errors: invalid_argument (fewer than 2 order + 2 samples, a sample that is not finite,
/// options out of range).
[[nodiscard]] Result<SmoothedSignal> smoothing_spline(std::span<const double> samples, Hertz rate,
                                                      const SmoothingSplineOptions& options = {});

}  // namespace reprise::engine
