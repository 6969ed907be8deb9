// SPDX-License-Identifier: Apache-2.0
#include "engine/cameras/essential.h"

#include <Eigen/Geometry>
#include <Eigen/SVD>
#include <algorithm>
#include <array>
#include <cmath>

#include "engine/cameras/triangulate.h"

namespace reprise::engine {
namespace {

using Eigen::Matrix3d;
using Eigen::Vector3d;

constexpr std::size_t kPoints = 8;  // determine an essential matrix
constexpr std::size_t kDrawn =
    14;  // at a time: more steady than eight, where points are noisy and few are wrong
constexpr int kDraws = 500;

/// splitmix64: the same draws in all worlds.
class Draws {
 public:
  explicit Draws(std::uint64_t seed) : state_(seed) {}
  std::size_t below(std::size_t count) {
    state_ += 0x9e3779b97f4a7c15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return static_cast<std::size_t>((z ^ (z >> 31)) % count);
  }

 private:
  std::uint64_t state_;
};

/// Moves and scales slopes to a middle of zero and a mean length of sqrt(2), which steadies the equations.
struct Scaling {
  Eigen::Vector2d middle = Eigen::Vector2d::Zero();
  double scale = 1;

  [[nodiscard]] Matrix3d matrix() const {
    Matrix3d m;
    m << scale, 0, -scale * middle.x(), 0, scale, -scale * middle.y(), 0, 0, 1;
    return m;
  }
};

template <class At>
Scaling scaling_of(std::span<const SlopePair> pairs, const At& at) {
  Scaling out;
  for (const SlopePair& pair : pairs) out.middle += at(pair);
  out.middle /= static_cast<double>(pairs.size());
  double length = 0;
  for (const SlopePair& pair : pairs) length += (at(pair) - out.middle).norm();
  length /= static_cast<double>(pairs.size());
  if (length > 0) out.scale = std::sqrt(2.0) / length;
  return out;
}

/// Least squares over the pairs; singular values made 1, 1, 0.
Matrix3d essential_of(std::span<const SlopePair> pairs) {
  const Scaling a = scaling_of(pairs, [](const SlopePair& p) { return p.first; });
  const Scaling b = scaling_of(pairs, [](const SlopePair& p) { return p.second; });
  Eigen::Matrix<double, 9, 9> h = Eigen::Matrix<double, 9, 9>::Zero();
  for (const SlopePair& pair : pairs) {
    const Vector3d x = a.matrix() * pair.first.homogeneous();
    const Vector3d y = b.matrix() * pair.second.homogeneous();
    Eigen::Matrix<double, 9, 1> row;
    row << y.x() * x, y.y() * x, y.z() * x;
    h += row * row.transpose();
  }
  const Eigen::JacobiSVD<Eigen::Matrix<double, 9, 9>> solved(h, Eigen::ComputeFullV);
  const Eigen::Matrix<double, 9, 1> e = solved.matrixV().col(8);
  Matrix3d essential;
  essential << e.segment<3>(0).transpose(), e.segment<3>(3).transpose(), e.segment<3>(6).transpose();
  essential = b.matrix().transpose() * essential * a.matrix();
  const Eigen::JacobiSVD<Matrix3d> svd(essential, Eigen::ComputeFullU | Eigen::ComputeFullV);
  return svd.matrixU() * Vector3d(1, 1, 0).asDiagonal() * svd.matrixV().transpose();
}

/// The squared Sampson distance of a pair.
double off_epipolar(const Matrix3d& essential, const SlopePair& pair) {
  const Vector3d line_b = essential * pair.first.homogeneous();
  const Vector3d line_a = essential.transpose() * pair.second.homogeneous();
  const double off = pair.second.homogeneous().dot(line_b);
  const double slope = line_b.head<2>().squaredNorm() + line_a.head<2>().squaredNorm();
  return slope > 0 ? off * off / slope : 0;
}

double cost_of(const Matrix3d& essential, std::span<const SlopePair> pairs, double tolerance) {
  double sum = 0;
  for (const SlopePair& pair : pairs)
    sum += std::min(1.0, off_epipolar(essential, pair) / (tolerance * tolerance));
  return sum / static_cast<double>(pairs.size());
}

std::vector<SlopePair> fitting(const Matrix3d& essential, std::span<const SlopePair> pairs,
                               double tolerance) {
  std::vector<SlopePair> out;
  std::copy_if(pairs.begin(), pairs.end(), std::back_inserter(out),
               [&](const SlopePair& pair) { return off_epipolar(essential, pair) < tolerance * tolerance; });
  return out;
}

/// How many of the pairs lie before both lenses.
std::size_t before_both(const RigView& second, std::span<const SlopePair> pairs) {
  const std::array<RigView, 2> views = {RigView{}, second};
  std::size_t count = 0;
  for (const SlopePair& pair : pairs) {
    const std::array<SeenRay, 2> rays = {SeenRay{0, pair.first, 1}, SeenRay{1, pair.second, 1}};
    if (triangulate(views, rays, {.most_error_m = 1e3, .most_spread_m = 1e3})) ++count;
  }
  return count;
}

std::optional<RigView> pose_of(const Matrix3d& essential, std::span<const SlopePair> pairs) {
  const Eigen::JacobiSVD<Matrix3d> svd(essential, Eigen::ComputeFullU | Eigen::ComputeFullV);
  Matrix3d turn;
  turn << 0, -1, 0, 1, 0, 0, 0, 0, 1;
  std::optional<RigView> best;
  std::size_t most = pairs.size() / 2;
  for (const Matrix3d& w : {turn, Matrix3d(turn.transpose())}) {
    Matrix3d rotation = svd.matrixU() * w * svd.matrixV().transpose();
    if (rotation.determinant() < 0) rotation = -rotation;
    for (const double sign : {1.0, -1.0}) {
      // Longer than the unit: a point must not count as too near to a lens.
      const RigView view{rotation, 10 * sign * svd.matrixU().col(2)};
      const std::size_t count = before_both(view, pairs);
      if (count <= most) continue;
      most = count;
      best = RigView{rotation, view.translation_m / 10};
    }
  }
  return best;
}

}  // namespace

std::optional<RelativePose> relative_pose(std::span<const SlopePair> pairs, double tolerance,
                                          std::uint64_t seed) {
  if (pairs.size() < kPoints) return std::nullopt;
  Draws draws(seed);
  std::optional<Matrix3d> best;
  double least = 2;
  const auto keep = [&](const Matrix3d& essential) {
    const double cost = cost_of(essential, pairs, tolerance);
    if (!essential.allFinite() || cost >= least) return;
    least = cost;
    best = essential;
  };
  for (int draw = 0; draw < kDraws; ++draw) {
    std::array<SlopePair, kDrawn> some;
    for (SlopePair& one : some) one = pairs[draws.below(pairs.size())];
    keep(essential_of(some));
  }
  for (const double share : {4.0, 2.0, 1.5, 1.0, 1.0, 1.0}) {  // from coarse to fine
    if (!best) break;
    const auto near = fitting(*best, pairs, share * tolerance);
    if (near.size() >= kPoints) keep(essential_of(near));
  }
  if (!best) return std::nullopt;
  const auto near = fitting(*best, pairs, tolerance);
  if (near.size() < kPoints) return std::nullopt;
  const auto pose = pose_of(*best, near);
  if (!pose) return std::nullopt;
  return RelativePose{*pose, static_cast<double>(near.size()) / static_cast<double>(pairs.size()), least};
}

}  // namespace reprise::engine
