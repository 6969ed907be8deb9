// SPDX-License-Identifier: Apache-2.0
#include "engine/gait/foot_alignment.h"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <array>
#include <cmath>

#include "engine/gait/foot_trajectory.h"
#include "engine/signal/median.h"

namespace reprise::engine {
namespace {

constexpr const char* kAlignment = "alignment of the foot sensor";

/// Gravity where the foot is flat: the median over mid-stances of each axis, so that a foot on its toes
/// counts little.
Vec3<Sensor> up_at_foot_flat(const InertialView& samples, std::span<const std::size_t> flats) {
  std::array<std::vector<double>, 3> axes;
  for (const std::size_t flat : flats) {
    const Vec3<Sensor> gravity = mean_acceleration_around(samples, flat, Seconds{0.1});
    for (std::size_t axis = 0; axis < 3; ++axis) axes[axis].push_back(gravity.v[static_cast<int>(axis)]);
  }
  return {median(axes[0]), median(axes[1]), median(axes[2])};
}

struct MainAxis {
  Eigen::Vector3d direction;
  double share = 0;
};

/// First principal component of the angular velocity's horizontal part.
MainAxis horizontal_main_axis(const InertialView& samples, const Eigen::Vector3d& bias,
                              const Eigen::Vector3d& up) {
  Eigen::Matrix3d scatter = Eigen::Matrix3d::Zero();
  for (const auto& w : samples.angular_velocity_radps) {
    Eigen::Vector3d horizontal = w.v - bias;
    horizontal -= up * up.dot(horizontal);
    scatter += horizontal * horizontal.transpose();
  }
  const Eigen::SelfAdjointEigenSolver<Eigen::Matrix3d> solver(scatter);
  const double total = solver.eigenvalues().sum();
  return {solver.eigenvectors().col(2), total > 0 ? solver.eigenvalues()[2] / total : 0.5};
}

struct Progress {
  double forward_m = 0;
  double backward_m = 0;
};

/// How far the foot went along its own `forward` axis from each mid-stance to the next.
Progress progress_along(const InertialView& samples, const Vec3<Sensor>& bias_radps,
                        std::span<const std::size_t> flats, const Vec3<Sensor>& forward) {
  Progress progress;
  const double longest = 2.5 * samples.rate.value();  // no stride takes longer, but a rest between them may
  for (std::size_t i = 0; i + 1 < flats.size(); ++i) {
    if (static_cast<double>(flats[i + 1] - flats[i]) > longest) continue;
    const auto path = reconstruct_foot_trajectory(samples, bias_radps, flats[i], flats[i + 1]);
    const double distance = path.position_m.back().dot(path.attitude.front() * forward);
    (distance > 0 ? progress.forward_m : progress.backward_m) += std::abs(distance);
  }
  return progress;
}

}  // namespace

Result<FootAlignment> align_foot(const InertialView& samples, const Vec3<Sensor>& bias_radps,
                                 std::span<const std::size_t> foot_flats) {
  if (foot_flats.size() < 2) {
    return fail(ErrorCode::nothing_measured, kAlignment, "the foot is not flat twice between movements",
                "record walking with the sensor firmly on the shoe, and stand still for a moment before");
  }
  const auto up = unit(up_at_foot_flat(samples, foot_flats), 1.0);
  if (!up) {
    return fail(ErrorCode::nothing_measured, kAlignment, "there is no gravity while the foot is flat",
                "check the unit of the acceleration: m/s2, gravity included");
  }
  const MainAxis axis = horizontal_main_axis(samples, bias_radps.v, up->v);
  Vec3<Sensor> right{(axis.direction - up->v * up->v.dot(axis.direction)).normalized()};
  Vec3<Sensor> forward = up->cross(right);
  const Progress progress = progress_along(samples, bias_radps, foot_flats, forward);
  const double traveled = progress.forward_m + progress.backward_m;
  if (!(traveled > 0)) {
    return fail(ErrorCode::nothing_measured, kAlignment, "the foot does not travel between mid-stances",
                "record a few steps of walking");
  }
  if (progress.backward_m > progress.forward_m) {
    right = right * -1.0;
    forward = forward * -1.0;
  }
  FootAlignment alignment;
  alignment.rotation.m.row(0) = forward.v.transpose();
  alignment.rotation.m.row(1) = up->v.transpose();
  alignment.rotation.m.row(2) = right.v.transpose();
  alignment.gyroscope_bias_radps = bias_radps;
  alignment.mediolateral_share = axis.share;
  alignment.forward_share = std::max(progress.forward_m, progress.backward_m) / traveled;
  return alignment;
}

FootSamples in_foot_axes(const InertialView& samples, const FootAlignment& alignment) {
  FootSamples foot;
  foot.rate = samples.rate;
  foot.acceleration_mps2.reserve(samples.size());
  foot.angular_velocity_radps.reserve(samples.size());
  for (std::size_t i = 0; i < samples.size(); ++i) {
    foot.acceleration_mps2.push_back(alignment.rotation * samples.acceleration_mps2[i]);
    foot.angular_velocity_radps.push_back(
        alignment.rotation * (samples.angular_velocity_radps[i] - alignment.gyroscope_bias_radps));
  }
  return foot;
}

}  // namespace reprise::engine
