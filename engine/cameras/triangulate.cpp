// SPDX-License-Identifier: Apache-2.0
#include "engine/cameras/triangulate.h"

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>
#include <Eigen/Geometry>
#include <Eigen/SVD>
#include <algorithm>
#include <cmath>

namespace reprise::engine {
namespace {

using Eigen::Vector2d;
using Eigen::Vector3d;

constexpr double kNearestToLens = 0.1;  // m

/// How far a point lies from a ray, in meters at its distance.
Vector2d off_ray(const RigView& view, const SeenRay& seen, const Vector3d& point) {
  const Vector3d p = view.in_camera(point);
  return p.head<2>() - seen.slope * p.z();
}

/// The homogeneous equations of all rays at once.
std::optional<Vector3d> linear_point(std::span<const RigView> views, std::span<const SeenRay> rays,
                                     const std::vector<bool>& used) {
  Eigen::Matrix4d h = Eigen::Matrix4d::Zero();
  for (std::size_t i = 0; i < rays.size(); ++i) {
    if (!used[i]) continue;
    const RigView& view = views[rays[i].view];
    Eigen::Matrix<double, 3, 4> p;
    p << view.rotation, view.translation_m;
    for (int axis = 0; axis < 2; ++axis) {
      const Eigen::RowVector4d row = rays[i].slope[axis] * p.row(2) - p.row(axis);
      h += rays[i].weight * row.transpose() * row;
    }
  }
  const Eigen::SelfAdjointEigenSolver<Eigen::Matrix4d> solver(h);
  const Eigen::Vector4d x = solver.eigenvectors().col(0);
  if (!(std::abs(x[3]) > 1e-9 * x.head<3>().norm())) return std::nullopt;
  return Vector3d(x.head<3>() / x[3]);
}

struct Solved {
  TriangulatedPoint point;
  std::vector<double> off_m;  ///< of each ray, used or not
};

std::optional<Solved> solve(std::span<const RigView> views, std::span<const SeenRay> rays,
                            const std::vector<bool>& used, const TriangulationOptions& options) {
  constexpr int kSteps = 5;
  auto start = linear_point(views, rays, used);
  if (!start) return std::nullopt;
  Solved out{{*start, {}, 0, used}, std::vector<double>(rays.size())};
  Vector3d& x = out.point.point_m;
  Eigen::Matrix3d h;
  for (int step = 0; step <= kSteps; ++step) {
    h.setZero();
    Vector3d g = Vector3d::Zero();
    for (std::size_t i = 0; i < rays.size(); ++i) {
      if (!used[i]) continue;
      const RigView& view = views[rays[i].view];
      const Vector3d p = view.in_camera(x);
      if (!(p.z() > kNearestToLens)) return std::nullopt;
      Eigen::Matrix<double, 2, 3> rows;
      rows << 1, 0, -p.x() / p.z(), 0, 1, -p.y() / p.z();
      const Eigen::Matrix<double, 2, 3> slopes = rows * view.rotation;
      h += rays[i].weight * slopes.transpose() * slopes;
      g += rays[i].weight * slopes.transpose() * (p.head<2>() - rays[i].slope * p.z());
    }
    if (step < kSteps) x -= h.ldlt().solve(g);
  }
  if (!x.allFinite()) return std::nullopt;
  const Eigen::SelfAdjointEigenSolver<Eigen::Matrix3d> spread(h);
  const double least = spread.eigenvalues()[0];
  if (!(least > 0) || options.deviation_m / std::sqrt(least) > options.most_spread_m) return std::nullopt;
  out.point.covariance_m2 = options.deviation_m * options.deviation_m * h.inverse();
  double squares = 0;
  double weights = 0;
  for (std::size_t i = 0; i < rays.size(); ++i) {
    out.off_m[i] = off_ray(views[rays[i].view], rays[i], x).norm();
    if (!used[i]) continue;
    squares += rays[i].weight * out.off_m[i] * out.off_m[i];
    weights += rays[i].weight;
  }
  out.point.error_m = std::sqrt(squares / weights);
  return out;
}

double worst_of(const Solved& solved) {
  double worst = 0;
  for (std::size_t i = 0; i < solved.off_m.size(); ++i)
    if (solved.point.used[i]) worst = std::max(worst, solved.off_m[i]);
  return worst;
}

}  // namespace

std::optional<TriangulatedPoint> triangulate(std::span<const RigView> views, std::span<const SeenRay> rays,
                                             const TriangulationOptions& options) {
  if (rays.size() < 2) return std::nullopt;
  std::vector<bool> used(rays.size(), true);
  std::optional<Solved> best = solve(views, rays, used, options);
  for (std::size_t left = rays.size(); left > 2; --left) {
    if (best && worst_of(*best) <= options.most_error_m) break;
    std::optional<Solved> better;
    for (std::size_t i = 0; i < rays.size(); ++i) {
      if (!used[i]) continue;
      std::vector<bool> without = used;
      without[i] = false;
      auto tried = solve(views, rays, without, options);
      if (tried && (!better || tried->point.error_m < better->point.error_m)) better = std::move(tried);
    }
    if (!better) return std::nullopt;
    used = better->point.used;
    best = std::move(better);
  }
  if (!best || worst_of(*best) > options.most_error_m) return std::nullopt;
  return std::move(best->point);
}

double ray_gap_m(const RigView& a, const Vector2d& slope_a, const RigView& b, const Vector2d& slope_b) {
  const Vector3d from_a = -a.rotation.transpose() * a.translation_m;
  const Vector3d from_b = -b.rotation.transpose() * b.translation_m;
  const Vector3d along_a = a.rotation.transpose() * slope_a.homogeneous();
  const Vector3d along_b = b.rotation.transpose() * slope_b.homogeneous();
  const Vector3d between = from_b - from_a;
  const double aa = along_a.squaredNorm();
  const double bb = along_b.squaredNorm();
  const double ab = along_a.dot(along_b);
  const double denominator = aa * bb - ab * ab;
  if (!(denominator > 1e-12 * aa * bb)) return between.cross(along_a).norm() / std::sqrt(aa);
  const double to_a = (bb * along_a.dot(between) - ab * along_b.dot(between)) / denominator;
  const double to_b = (ab * along_a.dot(between) - aa * along_b.dot(between)) / denominator;
  if (!(to_a > 0) || !(to_b > 0)) return between.norm();
  return (from_a + to_a * along_a - from_b - to_b * along_b).norm();
}

}  // namespace reprise::engine
