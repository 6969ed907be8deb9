// SPDX-License-Identifier: Apache-2.0
#include "engine/multibody/bounded_step.h"

#include <Eigen/Cholesky>
#include <Eigen/LU>
#include <algorithm>
#include <vector>

namespace reprise::engine {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// Solves for the unknowns in `open`; the others keep what `step` holds.
void solve_open(const BoundedProblem& p, const VectorXd& diagonal, const std::vector<Index>& open,
                VectorXd& step, VectorXd& multipliers) {
  const auto n = static_cast<Index>(open.size());
  const Index equations = p.constraint_errors.size();
  VectorXd fixed = step;
  for (const Index i : open) fixed[i] = 0;
  const VectorXd pull = p.gradient + p.normal * fixed;
  MatrixXd system = MatrixXd::Zero(n + equations, n + equations);
  VectorXd right(n + equations);
  for (Index i = 0; i < n; ++i) {
    for (Index k = 0; k < n; ++k) system(i, k) = p.normal(open[i], open[k]);
    system(i, i) += diagonal[open[i]];
    right[i] = -pull[open[i]];
  }
  if (equations == 0) {
    const VectorXd solved = system.llt().solve(right);
    for (Index i = 0; i < n; ++i) step[open[i]] = solved[i];
    return;
  }
  for (Index e = 0; e < equations; ++e) {
    for (Index i = 0; i < n; ++i) system(n + e, i) = system(i, n + e) = p.constraint_slopes(e, open[i]);
    // Equations that nothing open can meet leave the system solvable.
    system(n + e, n + e) = -1e-10;
  }
  right.tail(equations) = -p.constraint_errors - p.constraint_slopes * fixed;
  const VectorXd solved = system.partialPivLu().solve(right);
  for (Index i = 0; i < n; ++i) step[open[i]] = solved[i];
  multipliers = solved.tail(equations);
}

}  // namespace

VectorXd bounded_step(const BoundedProblem& problem, double damping, VectorXd& multipliers) {
  const Index n = problem.gradient.size();
  const double largest = n == 0 ? 0 : problem.normal.diagonal().maxCoeff();
  // What no marker shows has no second derivative: it stays where it is.
  const VectorXd diagonal =
      damping * problem.normal.diagonal().cwiseMax(1e-6 * largest).array() + 1e-14 * largest + 1e-300;
  VectorXd pull = problem.gradient;
  if (multipliers.size() == problem.constraint_errors.size() && multipliers.size() > 0)
    pull += problem.constraint_slopes.transpose() * multipliers;
  VectorXd step = VectorXd::Zero(n);
  std::vector<Index> open;
  for (Index i = 0; i < n; ++i) {
    const bool held = (problem.lower[i] >= 0 && pull[i] > 0) || (problem.upper[i] <= 0 && pull[i] < 0);
    if (!held) open.push_back(i);
  }
  while (!open.empty()) {
    solve_open(problem, diagonal, open, step, multipliers);
    const auto leaves = [&](Index i) { return step[i] < problem.lower[i] || step[i] > problem.upper[i]; };
    const auto kept = std::stable_partition(open.begin(), open.end(), [&](Index i) { return !leaves(i); });
    if (kept == open.end()) break;
    for (auto i = kept; i != open.end(); ++i)
      step[*i] = std::clamp(step[*i], problem.lower[*i], problem.upper[*i]);
    open.erase(kept, open.end());
  }
  return step;
}

}  // namespace reprise::engine
