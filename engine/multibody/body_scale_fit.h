// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>
#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "engine/multibody/multibody_model.h"

namespace reprise::engine {

struct BodyScaleOptions {
  double spread = 0.1;      ///< believed deviation of a body's factor from the mean of all. Unsourced default
  double tolerance = 1e-6;  ///< of a factor: the last change is smaller. Unsourced default
  int max_rounds = 60;      ///< Unsourced default
};

struct BodyScaleFit {
  std::vector<double> factors;  ///< of each body, in all directions alike; the ground's is 1
  /// How far the markers tell each factor, 0 (it is the mean of all) to 1.
  std::vector<double> told;
  double rms_error_m = 0;  ///< of the markers at these factors, in the best poses
  int rounds = 0;
  bool converged = false;
};

/// The factors of bodies that bring a model's markers nearest to those seen, in the poses that do so best:
/// poses by `MarkerFit`, factors by Gauss-Newton steps from which all that poses could explain is taken away.
/// As far as markers do not tell, a factor is drawn to the mean of all, the more the worse the markers fit.
/// `frames`: in each, a position in the ground for every marker of the model; empty: not seen. The model: one
/// sorted by `sorted_model`. Errors: those of `MarkerFit`; nothing_measured (no frame, or no marker in one),
/// invalid_argument (a factor would lie beyond 0.3 to 3: a wrong unit, or other markers).
[[nodiscard]] Result<BodyScaleFit> fit_body_scales(
    const MultibodyModel& model, std::span<const std::vector<std::optional<Eigen::Vector3d>>> frames,
    const BodyScaleOptions& options = {});

/// The model with the lengths of its bodies times their factors: joints, markers, coupled points,
/// translations of joints by curves and ellipsoids by those of the parent. Masses stay.
[[nodiscard]] MultibodyModel with_scaled_lengths(const MultibodyModel& model,
                                                 std::span<const double> factors);

}  // namespace reprise::engine
