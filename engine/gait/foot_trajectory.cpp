// SPDX-License-Identifier: Apache-2.0
#include "engine/gait/foot_trajectory.h"

#include <algorithm>
#include <cmath>

namespace reprise::engine {
namespace {

double squared(double x) {
  return x * x;
}

/// Strapdown integration, the mean of two neighboring angular velocities at a time; then the tilt's error at
/// the end is taken off evenly.
std::vector<Attitude> integrate_attitude(const InertialView& samples, const Vec3<Sensor>& bias_radps,
                                         std::size_t begin, std::size_t end,
                                         const FootTrajectoryOptions& options) {
  const Seconds dt = period(samples.rate);
  std::vector<Attitude> attitude;
  attitude.reserve(end - begin + 1);
  attitude.push_back(attitude_of_up(mean_acceleration_around(samples, begin, options.gravity_window)));
  const auto& w = samples.angular_velocity_radps;
  for (std::size_t i = begin; i < end; ++i) {
    attitude.push_back(turned(attitude.back(), (w[i] + w[i + 1]) * 0.5 - bias_radps, dt));
  }
  const Vec3<Level> up_at_end =
      attitude.back() * mean_acceleration_around(samples, end, options.gravity_window);
  const Eigen::Vector3d error =
      rotation_vector(Eigen::Quaterniond::FromTwoVectors(up_at_end.v, Eigen::Vector3d::UnitY()));
  for (std::size_t k = 1; k < attitude.size(); ++k) {
    const double share = static_cast<double>(k) / static_cast<double>(attitude.size() - 1);
    attitude[k].q = (rotation_of(error * share) * attitude[k].q).normalized();
  }
  return attitude;
}

/// Velocity from the acceleration in level axes by trapezoids, starting from 0, and in `error_variance` how
/// much of its variance arose up to each sample.
void integrate_velocity(const InertialView& samples, double even_drift_mps2, FootTrajectory& path,
                        std::vector<double>& error_variance) {
  const double dt = period(samples.rate).value();
  const double duration = dt * static_cast<double>(path.attitude.size() - 1);
  const double even = squared(even_drift_mps2) * duration * dt;
  const Vec3<Level> gravity(0, kGravityMps2, 0);
  Vec3<Level> last = path.attitude[0] * samples.acceleration_mps2[path.begin] - gravity;
  Vec3<Level> before = last;
  for (std::size_t k = 1; k < path.attitude.size(); ++k) {
    const Vec3<Level> a = path.attitude[k] * samples.acceleration_mps2[path.begin + k] - gravity;
    path.velocity_mps[k] = path.velocity_mps[k - 1] + (last + a) * (dt / 2);
    // Both second differences beside an edge are as high as the edge: each stands for half of its variance.
    const Vec3<Level> bend = (a - last) - (last - before);
    const double edge = bend.v.squaredNorm() * squared(dt) / 24;
    error_variance[k] = error_variance[k - 1] + even + edge;
    before = last;
    last = a;
  }
}

}  // namespace

Vec3<Sensor> mean_acceleration_around(const InertialView& samples, std::size_t at, Seconds window) {
  const auto half = static_cast<std::size_t>(std::max(1.0, window.value() * samples.rate.value() / 2));
  const std::size_t begin = at > half ? at - half : 0;
  const std::size_t end = std::min(samples.size(), at + half + 1);
  Vec3<Sensor> sum;
  for (std::size_t i = begin; i < end; ++i) sum = sum + samples.acceleration_mps2[i];
  return sum * (1.0 / static_cast<double>(end - begin));
}

FootTrajectory reconstruct_foot_trajectory(const InertialView& samples, const Vec3<Sensor>& bias_radps,
                                           std::size_t begin, std::size_t end,
                                           const FootTrajectoryOptions& options) {
  FootTrajectory path;
  path.begin = begin;
  path.attitude = integrate_attitude(samples, bias_radps, begin, end, options);
  const std::size_t n = path.attitude.size();
  const double dt = period(samples.rate).value();
  path.velocity_mps.resize(n);
  path.position_m.resize(n);
  std::vector<double> error_variance(n, 0.0);
  integrate_velocity(samples, options.even_drift_mps2, path, error_variance);

  const Vec3<Level> drift = path.velocity_mps.back();
  for (std::size_t k = 1; k < n; ++k) {
    path.velocity_mps[k] = path.velocity_mps[k] - drift * (error_variance[k] / error_variance.back());
    path.position_m[k] =
        path.position_m[k - 1] + (path.velocity_mps[k - 1] + path.velocity_mps[k]) * (dt / 2);
  }
  if (options.level_ground) {
    const double rise = path.position_m.back().v.y() / static_cast<double>(n - 1);
    for (std::size_t k = 1; k < n; ++k) path.position_m[k].v.y() -= rise * static_cast<double>(k);
  }
  return path;
}

}  // namespace reprise::engine
