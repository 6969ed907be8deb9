// SPDX-License-Identifier: Apache-2.0
#include "engine/cameras/camera_model.h"

#include <Eigen/LU>
#include <cmath>

#include "base/units.h"

namespace reprise::engine {
namespace {

using Eigen::Vector2d;

double bent_angle(const LensDistortion& lens, double angle) {
  const double a2 = angle * angle;
  const auto& k = lens.coefficients;
  return angle * (1 + a2 * (k[0] + a2 * (k[1] + a2 * (k[2] + a2 * k[3]))));
}

Vector2d bent_by_fisheye(const LensDistortion& lens, const Vector2d& slope) {
  const double radius = slope.norm();
  if (!(radius > 1e-12)) return slope;
  return slope * (bent_angle(lens, std::atan(radius)) / radius);
}

Vector2d bent_by_lens(const LensDistortion& lens, const Vector2d& slope) {
  const auto& [k1, k2, p1, p2, k3] = lens.coefficients;
  const double x = slope.x();
  const double y = slope.y();
  const double r2 = x * x + y * y;
  const double radial = 1 + r2 * (k1 + r2 * (k2 + r2 * k3));
  return {x * radial + 2 * p1 * x * y + p2 * (r2 + 2 * x * x),
          y * radial + p1 * (r2 + 2 * y * y) + 2 * p2 * x * y};
}

}  // namespace

Vector2d distorted(const LensDistortion& lens, const Vector2d& slope) {
  return lens.fisheye ? bent_by_fisheye(lens, slope) : bent_by_lens(lens, slope);
}

std::optional<Vector2d> undistorted(const LensDistortion& lens, const Vector2d& bent) {
  constexpr int kMostSteps = 50;
  constexpr double kSlopeStep = 1e-6;
  constexpr double kReached = 1e-10;
  constexpr double kWidest = 20;  // slope of a ray 87 degrees off the axis
  if (!bent.allFinite()) return std::nullopt;
  Vector2d slope = bent;
  if (lens.fisheye) {  // the angle itself is a better start than its tangent
    const double radius = bent.norm();
    if (radius >= kPi / 2) return std::nullopt;
    if (radius > 1e-12) slope *= std::tan(radius) / radius;
  }
  for (int step = 0; step < kMostSteps; ++step) {
    const Vector2d off = distorted(lens, slope) - bent;
    if (!off.allFinite() || slope.norm() > kWidest) return std::nullopt;
    if (off.norm() < kReached) return slope;
    Eigen::Matrix2d slopes;
    for (int axis = 0; axis < 2; ++axis) {
      const Vector2d aside = kSlopeStep * Vector2d::Unit(axis);
      slopes.col(axis) = (distorted(lens, slope + aside) - distorted(lens, slope - aside)) / (2 * kSlopeStep);
    }
    if (!(slopes.determinant() > 1e-6)) return std::nullopt;  // beyond the fold of the lens' polynomial
    slope -= slopes.inverse() * off;
  }
  return std::nullopt;
}

std::optional<Vector2d> project(const CameraModel& camera, const Eigen::Vector3d& room_m) {
  const Eigen::Vector3d p = camera.in_camera(room_m);
  if (!(p.z() > 1e-6)) return std::nullopt;
  const Vector2d bent = distorted(camera.distortion, p.head<2>() / p.z());
  return Vector2d{camera.center_x_px + camera.focal_x_px * bent.x(),
                  camera.center_y_px + camera.focal_y_px * bent.y()};
}

std::optional<Vector2d> slope_of(const CameraModel& camera, const Vector2d& pixel) {
  return undistorted(camera.distortion, {(pixel.x() - camera.center_x_px) / camera.focal_x_px,
                                         (pixel.y() - camera.center_y_px) / camera.focal_y_px});
}

}  // namespace reprise::engine
