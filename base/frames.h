// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>
#include <Eigen/Geometry>
#include <cmath>
#include <optional>

namespace reprise {

// The frames of reference. The table with zero positions and signs is docs/reference/frames-and-units.md.

/// Meters; axes of the camera: x to the right of the picture, y down, z away from the camera. Origin: the
/// middle between the hips, because a single camera does not know where in the room a person stands.
struct Camera;
/// Meters; ISB axes: x forward (as the person faces at the start), y up, z to the person's right.
struct World;
/// The axes printed on an inertial sensor, however it is worn.
struct Sensor;

/// A vector in one frame: a point or displacement in meters, unless its name has another unit
/// (`acceleration_mps2`). Mixing frames does not compile.
template <class Frame>
struct Vec3 {
  Eigen::Vector3d v = Eigen::Vector3d::Zero();

  Vec3() = default;
  explicit Vec3(const Eigen::Vector3d& vector) : v(vector) {}
  Vec3(double x, double y, double z) : v(x, y, z) {}

  friend Vec3 operator+(const Vec3& a, const Vec3& b) { return Vec3{a.v + b.v}; }
  friend Vec3 operator-(const Vec3& a, const Vec3& b) { return Vec3{a.v - b.v}; }
  friend Vec3 operator*(const Vec3& a, double s) { return Vec3{a.v * s}; }
  friend Vec3 operator*(double s, const Vec3& a) { return Vec3{a.v * s}; }
  [[nodiscard]] double norm() const { return v.norm(); }
  [[nodiscard]] double dot(const Vec3& other) const { return v.dot(other.v); }
  [[nodiscard]] Vec3 cross(const Vec3& other) const { return Vec3{v.cross(other.v)}; }
};

/// The direction of `v`; none where it is not longer than `shortest_m`, because noise would decide it.
template <class Frame>
[[nodiscard]] std::optional<Vec3<Frame>> unit(const Vec3<Frame>& v, double shortest_m) {
  const double length = v.norm();
  if (!(length > shortest_m)) return std::nullopt;
  return v * (1 / length);
}

/// Radians, 0 to pi; none where one of them has no length to speak of (1 mm). Keeps its precision near 0 and
/// pi, where the arc cosine loses half of its digits.
template <class Frame>
[[nodiscard]] std::optional<double> angle_between(const Vec3<Frame>& a, const Vec3<Frame>& b) {
  constexpr double kLeastM2 = 1e-6;
  if (!(a.norm() * b.norm() > kLeastM2)) return std::nullopt;
  return std::atan2(a.cross(b).norm(), a.dot(b));
}

/// `Rotation<To, From>` takes a Vec3<From> to a Vec3<To>; chains cancel like fractions.
template <class To, class From>
struct Rotation {
  Eigen::Matrix3d m = Eigen::Matrix3d::Identity();

  friend Vec3<To> operator*(const Rotation& r, const Vec3<From>& p) { return Vec3<To>{r.m * p.v}; }
  template <class Before>
  Rotation<To, Before> operator*(const Rotation<From, Before>& other) const {
    return {m * other.m};
  }
  [[nodiscard]] Rotation<From, To> inverse() const { return {m.transpose()}; }
};

}  // namespace reprise
