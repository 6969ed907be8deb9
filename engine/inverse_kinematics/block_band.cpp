// SPDX-License-Identifier: Apache-2.0
#include "engine/inverse_kinematics/block_band.h"

#include <Eigen/Cholesky>

namespace reprise::engine {
namespace {

constexpr double kSmallest = 1e-9;  // keeps what nothing speaks of where it is

using Block = Eigen::Matrix<double, kFrameSize, kFrameSize>;
using RightSide = Eigen::Matrix<double, kFrameSize, kSharedSize + 1>;

/// A row of the upper factor: its block, those above the next two frames, and the right sides carried along.
struct FactorRow {
  Eigen::LLT<Block> self;
  Block next;
  Block second;
  RightSide right;
};

template <class Matrix>
void damp(Matrix& matrix, double damping) {
  matrix.diagonal() *= 1 + damping;
  matrix.diagonal().array() += kSmallest;
}

}  // namespace

BandEquations::BandEquations(std::size_t frames) : rows(frames) {
  for (BandRow& row : rows) {
    row.self.setZero();
    row.next.setZero();
    row.second.setZero();
    row.shared.setZero();
    row.gradient.setZero();
  }
  shared.setZero();
  shared_gradient.setZero();
}

std::optional<BandStep> solve_band(const BandEquations& equations, double damping, bool with_shared) {
  const std::size_t n = equations.rows.size();
  std::vector<FactorRow> factor(n);
  Eigen::Matrix<double, kSharedSize, kSharedSize> schur = equations.shared;
  damp(schur, damping);
  SharedVector schur_right = -equations.shared_gradient;
  for (std::size_t i = 0; i < n; ++i) {
    const BandRow& row = equations.rows[i];
    FactorRow& f = factor[i];
    Block self = row.self;
    damp(self, damping);
    f.next = row.next;
    f.second = row.second;
    f.right << row.shared, -row.gradient;
    if (i > 0) {
      const FactorRow& before = factor[i - 1];
      self.noalias() -= before.next.transpose() * before.next;
      f.next.noalias() -= before.next.transpose() * before.second;
      f.right.noalias() -= before.next.transpose() * before.right;
    }
    if (i > 1) {
      const FactorRow& before = factor[i - 2];
      self.noalias() -= before.second.transpose() * before.second;
      f.right.noalias() -= before.second.transpose() * before.right;
    }
    f.self.compute(self);
    if (f.self.info() != Eigen::Success) return std::nullopt;
    f.self.matrixL().solveInPlace(f.next);
    f.self.matrixL().solveInPlace(f.second);
    f.self.matrixL().solveInPlace(f.right);
    if (with_shared) {
      const auto border = f.right.leftCols<kSharedSize>();
      schur.noalias() -= border.transpose() * border;
      schur_right.noalias() -= border.transpose() * f.right.col(kSharedSize);
    }
  }

  BandStep step{std::vector<FrameVector>(n), SharedVector::Zero()};
  if (with_shared) {
    const Eigen::LLT<Eigen::Matrix<double, kSharedSize, kSharedSize>> solved(schur);
    if (solved.info() != Eigen::Success) return std::nullopt;
    step.shared = solved.solve(schur_right);
  }
  for (std::size_t i = n; i-- > 0;) {
    const FactorRow& f = factor[i];
    FrameVector right = f.right.col(kSharedSize);
    if (with_shared) right.noalias() -= f.right.leftCols<kSharedSize>() * step.shared;
    if (i + 1 < n) right.noalias() -= f.next * step.frames[i + 1];
    if (i + 2 < n) right.noalias() -= f.second * step.frames[i + 2];
    f.self.matrixU().solveInPlace(right);
    step.frames[i] = right;
  }
  return step;
}

}  // namespace reprise::engine
