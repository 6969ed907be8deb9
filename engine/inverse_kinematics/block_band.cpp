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

namespace {

using Shared = Eigen::Matrix<double, kSharedSize, kSharedSize>;

struct Factor {
  std::vector<FactorRow> rows;
  Shared schur;  ///< of the shared unknowns
  SharedVector schur_right;
};

std::optional<Factor> factorize(const BandEquations& equations, double damping, bool with_shared) {
  const std::size_t n = equations.rows.size();
  Factor out{std::vector<FactorRow>(n), equations.shared, -equations.shared_gradient};
  damp(out.schur, damping);
  for (std::size_t i = 0; i < n; ++i) {
    const BandRow& row = equations.rows[i];
    FactorRow& f = out.rows[i];
    Block self = row.self;
    damp(self, damping);
    f.next = row.next;
    f.second = row.second;
    f.right << row.shared, -row.gradient;
    if (i > 0) {
      const FactorRow& before = out.rows[i - 1];
      self.noalias() -= before.next.transpose() * before.next;
      f.next.noalias() -= before.next.transpose() * before.second;
      f.right.noalias() -= before.next.transpose() * before.right;
    }
    if (i > 1) {
      const FactorRow& before = out.rows[i - 2];
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
      out.schur.noalias() -= border.transpose() * border;
      out.schur_right.noalias() -= border.transpose() * f.right.col(kSharedSize);
    }
  }
  return out;
}

}  // namespace

std::optional<BandStep> solve_band(const BandEquations& equations, double damping, bool with_shared) {
  const std::size_t n = equations.rows.size();
  const auto factor = factorize(equations, damping, with_shared);
  if (!factor) return std::nullopt;
  BandStep step{std::vector<FrameVector>(n), SharedVector::Zero()};
  if (with_shared) {
    const Eigen::LLT<Shared> solved(factor->schur);
    if (solved.info() != Eigen::Success) return std::nullopt;
    step.shared = solved.solve(factor->schur_right);
  }
  for (std::size_t i = n; i-- > 0;) {
    const FactorRow& f = factor->rows[i];
    FrameVector right = f.right.col(kSharedSize);
    if (with_shared) right.noalias() -= f.right.leftCols<kSharedSize>() * step.shared;
    if (i + 1 < n) right.noalias() -= f.next * step.frames[i + 1];
    if (i + 2 < n) right.noalias() -= f.second * step.frames[i + 2];
    f.self.matrixU().solveInPlace(right);
    step.frames[i] = right;
  }
  return step;
}

std::vector<FrameCovariance> frame_covariances(const BandEquations& equations) {
  using Border = Eigen::Matrix<double, kFrameSize, kSharedSize>;
  const auto factor = factorize(equations, 0, true);
  if (!factor) return {};
  const Eigen::LLT<Shared> schur(factor->schur);
  if (schur.info() != Eigen::Success) return {};
  const Shared shared = schur.solve(Shared::Identity());
  const std::size_t n = equations.rows.size();
  std::vector<FrameCovariance> out(n);
  // Of the frames i + 1 and i + 2 together: the inverse without a border, and what the border adds to it. A
  // frame's block is a sum of two matrices that cannot be negative; the shorter recursion, a difference, can.
  using Two = Eigen::Matrix<double, 2 * kFrameSize, 2 * kFrameSize>;
  using Across = Eigen::Matrix<double, kFrameSize, 2 * kFrameSize>;
  Two following = Two::Zero();
  Border by_shared_first = Border::Zero();
  Border by_shared_second = Border::Zero();
  for (std::size_t i = n; i-- > 0;) {
    const FactorRow& f = factor->rows[i];
    Across way = Across::Zero();
    if (i + 1 < n) way.leftCols<kFrameSize>() = f.next;
    if (i + 2 < n) way.rightCols<kFrameSize>() = f.second;
    f.self.matrixU().solveInPlace(way);
    const Across across = -way * following;
    Block root = Block::Identity();
    f.self.matrixU().solveInPlace(root);
    Block self = root * root.transpose();
    self.noalias() -= across * way.transpose();

    Border by_shared = f.right.leftCols<kSharedSize>();
    if (i + 1 < n) by_shared.noalias() -= f.next * by_shared_first;
    if (i + 2 < n) by_shared.noalias() -= f.second * by_shared_second;
    f.self.matrixU().solveInPlace(by_shared);
    out[i] = (self + by_shared * shared * by_shared.transpose()).cast<float>();

    const Block first = following.topLeftCorner<kFrameSize, kFrameSize>();
    following.bottomRightCorner<kFrameSize, kFrameSize>() = first;
    following.topLeftCorner<kFrameSize, kFrameSize>() = 0.5 * (self + self.transpose());
    following.topRightCorner<kFrameSize, kFrameSize>() = across.leftCols<kFrameSize>();
    following.bottomLeftCorner<kFrameSize, kFrameSize>() = across.leftCols<kFrameSize>().transpose();
    by_shared_second = by_shared_first;
    by_shared_first = by_shared;
  }
  return out;
}

}  // namespace reprise::engine
