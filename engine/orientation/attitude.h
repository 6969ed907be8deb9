// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Geometry>

#include "base/frames.h"
#include "base/units.h"

namespace reprise::engine {

/// Meters; y up against gravity, x and z horizontal and right-handed like ISB's World. The heading is
/// magnetic north with a magnetometer, else arbitrary: that of the start.
struct Level;

/// The rotation from an inertial sensor's axes to level ones, as a unit quaternion.
struct Attitude {
  Eigen::Quaterniond q = Eigen::Quaterniond::Identity();

  [[nodiscard]] Rotation<Level, Sensor> rotation() const { return {q.toRotationMatrix()}; }
  [[nodiscard]] Vec3<Level> operator*(const Vec3<Sensor>& v) const { return Vec3<Level>{q * v.v}; }
  /// The direction that points up, in the sensor's axes; length 1.
  [[nodiscard]] Vec3<Sensor> up() const { return Vec3<Sensor>{q.conjugate() * Eigen::Vector3d::UnitY()}; }
};

/// The rotation of a rotation vector (axis times angle, rad), exact for any length.
[[nodiscard]] Eigen::Quaterniond rotation_of(const Eigen::Vector3d& rotation_vector_rad);

/// The rotation vector of a rotation, rad, length 0 to pi.
[[nodiscard]] Eigen::Vector3d rotation_vector(const Eigen::Quaterniond& rotation);

/// The attitude whose y axis is `up` (any length above 0, any unit: an acceleration at rest) with the
/// smallest turn from the sensor's own axes: the heading is arbitrary, but does not jump.
[[nodiscard]] Attitude attitude_of_up(const Vec3<Sensor>& up);

/// The attitude after turning with a constant angular velocity (rad/s, the sensor's axes) for `duration`:
/// strapdown integration by the exponential map (Sola 2017, "Quaternion kinematics for the error-state Kalman
/// filter", eq. 101 as the notes of github changh95/visual-slam-roadmap quote it).
[[nodiscard]] Attitude turned(const Attitude& attitude, const Vec3<Sensor>& angular_velocity_radps,
                              Seconds duration);

/// The turn about the vertical from `from` to `to`, -pi to pi, positive to the left (about y): the twist of
/// the rotation between both, in level axes.
[[nodiscard]] Radians heading_change(const Attitude& from, const Attitude& to);

}  // namespace reprise::engine
