// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>

namespace reprise::engine {

/// A step that lowers a quadratic, within bounds and under linear equations.
struct BoundedProblem {
  Eigen::MatrixXd normal;             ///< the quadratic's second derivatives; symmetric, not negative
  Eigen::VectorXd gradient;           ///< at the step 0
  Eigen::MatrixXd constraint_slopes;  ///< a row for each equation
  Eigen::VectorXd constraint_errors;  ///< slopes times step = -errors
  Eigen::VectorXd lower, upper;       ///< of the step; at most and at least 0
};

/// The step, with `damping` times the diagonal added (Marquardt), found by fixing at its bound what would
/// leave it. `multipliers`: of the equations, from the step before (empty at first), and afterwards of this
/// one. The equations may be met only nearly where bounds keep them from it.
[[nodiscard]] Eigen::VectorXd bounded_step(const BoundedProblem& problem, double damping,
                                           Eigen::VectorXd& multipliers);

}  // namespace reprise::engine
