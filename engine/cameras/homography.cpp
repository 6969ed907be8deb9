// SPDX-License-Identifier: Apache-2.0
#include <Eigen/Eigenvalues>
#include <Eigen/LU>
#include <cmath>

#include "engine/cameras/board_finder.h"

namespace reprise::engine {
namespace {

using Eigen::Matrix3d;
using Eigen::Vector2d;

/// Moves points to mean 0 and a mean distance of the root of 2: equations of equal weight.
Matrix3d evened(const std::vector<Vector2d>& points) {
  Vector2d middle = Vector2d::Zero();
  for (const Vector2d& p : points) middle += p / static_cast<double>(points.size());
  double spread = 0;
  for (const Vector2d& p : points) spread += (p - middle).norm() / static_cast<double>(points.size());
  const double scale = std::sqrt(2.0) / std::max(spread, 1e-12);
  Matrix3d out = Matrix3d::Identity();
  out(0, 0) = out(1, 1) = scale;
  out.block<2, 1>(0, 2) = -scale * middle;
  return out;
}

}  // namespace

std::optional<Matrix3d> homography(const std::vector<Vector2d>& plane, const std::vector<Vector2d>& picture) {
  if (plane.size() != picture.size() || plane.size() < 4) return std::nullopt;
  const Matrix3d from = evened(plane);
  const Matrix3d to = evened(picture);
  Eigen::Matrix<double, 9, 9> normal = Eigen::Matrix<double, 9, 9>::Zero();
  for (std::size_t i = 0; i < plane.size(); ++i) {
    const Eigen::Vector3d p = from * plane[i].homogeneous();
    const Eigen::Vector3d q = to * picture[i].homogeneous();
    Eigen::Matrix<double, 2, 9> rows = Eigen::Matrix<double, 2, 9>::Zero();
    rows.block<1, 3>(0, 0) = p.transpose();
    rows.block<1, 3>(0, 6) = -q.x() * p.transpose();
    rows.block<1, 3>(1, 3) = p.transpose();
    rows.block<1, 3>(1, 6) = -q.y() * p.transpose();
    normal += rows.transpose() * rows;
  }
  const Eigen::SelfAdjointEigenSolver<Eigen::Matrix<double, 9, 9>> solved(normal);
  // A second direction without error: points on one line.
  if (solved.info() != Eigen::Success || !(solved.eigenvalues()[1] > 1e-9 * solved.eigenvalues()[8]))
    return std::nullopt;
  const Eigen::Matrix<double, 9, 1> h = solved.eigenvectors().col(0);
  Matrix3d matrix;
  matrix << h[0], h[1], h[2], h[3], h[4], h[5], h[6], h[7], h[8];
  Matrix3d out = to.inverse() * matrix * from;
  if (!(std::abs(out(2, 2)) > 1e-15) || !out.allFinite()) return std::nullopt;
  return out / out(2, 2);
}

}  // namespace reprise::engine
