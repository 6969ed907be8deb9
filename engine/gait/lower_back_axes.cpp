// SPDX-License-Identifier: Apache-2.0
#include "engine/gait/lower_back_axes.h"

#include <Eigen/Eigenvalues>
#include <cmath>

namespace reprise::engine::detail {
namespace {

/// The horizontal part of the acceleration inside the bout.
std::vector<Eigen::Vector3d> horizontal_of(const BoutSignals& bout) {
  std::vector<Eigen::Vector3d> horizontal;
  horizontal.reserve(bout.inside.end - bout.inside.begin);
  for (std::size_t i = bout.inside.begin; i < bout.inside.end; ++i) {
    const Eigen::Vector3d& up = bout.up[i].v;
    const Eigen::Vector3d& a = bout.samples.acceleration_mps2[i].v;
    horizontal.push_back(a - a.dot(up) * up);
  }
  return horizontal;
}

/// Whether `forward` points backward: the forward acceleration goes with the slope of the vertical one.
bool points_backward(const BoutSignals& bout, std::span<const Eigen::Vector3d> horizontal,
                     const Eigen::Vector3d& forward) {
  // Over a tenth of a second, so that impacts do not decide.
  const auto reach = std::max<std::size_t>(1, static_cast<std::size_t>(bout.samples.rate.value() / 20));
  double together = 0;
  for (std::size_t k = reach; k + reach < horizontal.size(); ++k) {
    const std::size_t i = bout.inside.begin + k;
    const double slope = bout.vertical_mps2[i + reach] - bout.vertical_mps2[i - reach];
    together += horizontal[k].dot(forward) * slope;
  }
  return together < 0;
}

}  // namespace

std::optional<WalkingAxes> walking_axes(const BoutSignals& bout, Seconds step_time) {
  const auto horizontal = horizontal_of(bout);
  const auto lag = static_cast<std::size_t>(std::lround(step_time.value() * bout.samples.rate.value()));
  if (lag == 0 || horizontal.size() <= 2 * lag) return std::nullopt;
  Eigen::Vector3d up = Eigen::Vector3d::Zero();
  for (std::size_t i = bout.inside.begin; i < bout.inside.end; ++i) up += bout.up[i].v;
  if (!(up.norm() > 1e-6)) return std::nullopt;
  up.normalize();
  const Eigen::Vector3d first = up.unitOrthogonal();
  const Eigen::Vector3d second = up.cross(first);
  Eigen::Matrix2d at_step = Eigen::Matrix2d::Zero();
  double power = 0;
  for (std::size_t i = 0; i + lag < horizontal.size(); ++i) {
    const Eigen::Vector2d a(horizontal[i].dot(first), horizontal[i].dot(second));
    const Eigen::Vector2d b(horizontal[i + lag].dot(first), horizontal[i + lag].dot(second));
    at_step += a * b.transpose() + b * a.transpose();
    power += a.squaredNorm() + b.squaredNorm();
  }
  if (!(power > 0)) return std::nullopt;
  const Eigen::SelfAdjointEigenSolver<Eigen::Matrix2d> eigen(at_step);
  const Eigen::Vector2d most = eigen.eigenvectors().col(1);
  Eigen::Vector3d forward = (most.x() * first + most.y() * second).normalized();
  if (points_backward(bout, horizontal, forward)) forward = -forward;
  WalkingAxes axes;
  axes.up = Vec3<Sensor>{up};
  axes.forward = Vec3<Sensor>{forward};
  axes.right = Vec3<Sensor>{forward.cross(up)};
  axes.certainty = (eigen.eigenvalues()[1] - eigen.eigenvalues()[0]) / power;
  return axes;
}

WalkingAcceleration along_axes(const BoutSignals& bout, const WalkingAxes& axes) {
  WalkingAcceleration along;
  for (std::size_t i = bout.inside.begin; i < bout.inside.end; ++i) {
    const Eigen::Vector3d& up = bout.up[i].v;
    const Eigen::Vector3d& a = bout.samples.acceleration_mps2[i].v;
    const Eigen::Vector3d horizontal = a - a.dot(up) * up;
    along.vertical_mps2.push_back(bout.vertical_mps2[i]);
    along.forward_mps2.push_back(horizontal.dot(axes.forward.v));
    along.right_mps2.push_back(horizontal.dot(axes.right.v));
  }
  return along;
}

}  // namespace reprise::engine::detail
