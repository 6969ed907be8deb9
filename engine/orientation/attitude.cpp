// SPDX-License-Identifier: Apache-2.0
#include "engine/orientation/attitude.h"

#include <cmath>

namespace reprise::engine {

Eigen::Quaterniond rotation_of(const Eigen::Vector3d& rotation_vector_rad) {
  const double angle = rotation_vector_rad.norm();
  // sin(a/2)/a by its series near 0, where the quotient has no digits left.
  const double scale = angle > 1e-6 ? std::sin(angle / 2) / angle : 0.5 - angle * angle / 48;
  const Eigen::Vector3d xyz = scale * rotation_vector_rad;
  return Eigen::Quaterniond(std::cos(angle / 2), xyz.x(), xyz.y(), xyz.z());
}

Eigen::Vector3d rotation_vector(const Eigen::Quaterniond& rotation) {
  const double sign = rotation.w() < 0 ? -1 : 1;
  const Eigen::Vector3d xyz = sign * rotation.vec();
  const double sine = xyz.norm();
  if (sine < 1e-9) return 2 * xyz;
  return xyz * (2 * std::atan2(sine, sign * rotation.w()) / sine);
}

Attitude attitude_of_up(const Vec3<Sensor>& up) {
  return {Eigen::Quaterniond::FromTwoVectors(up.v, Eigen::Vector3d::UnitY())};
}

Attitude turned(const Attitude& attitude, const Vec3<Sensor>& angular_velocity_radps, Seconds duration) {
  return {(attitude.q * rotation_of(angular_velocity_radps.v * duration.value())).normalized()};
}

Radians heading_change(const Attitude& from, const Attitude& to) {
  const Eigen::Quaterniond between = to.q * from.q.conjugate();
  return Radians{std::remainder(2 * std::atan2(between.y(), between.w()), 2 * kPi)};
}

}  // namespace reprise::engine
