// SPDX-License-Identifier: Apache-2.0
#include "simulation/rendered/film_camera.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>

#include "base/units.h"

namespace reprise::simulation::rendered {
namespace {

using Eigen::Vector3d;

void look_at(FilmCamera& camera, const Vector3d& target) {
  const Vector3d forward = (target - camera.lens).normalized();
  const Vector3d right = forward.cross(Vector3d::UnitY()).normalized();
  camera.to_camera.row(0) = right;
  camera.to_camera.row(1) = forward.cross(right);
  camera.to_camera.row(2) = forward;
  camera.pitch_deg = to_degrees(Radians{-std::asin(std::clamp(forward.y(), -1.0, 1.0))}).value();
}

bool fits(const FilmCamera& camera, std::span<const Vector3d> points, double filled) {
  return std::all_of(points.begin(), points.end(), [&](const Vector3d& point) {
    if (camera.in_camera(point).z() < 0.5) return false;
    const Eigen::Vector2d pixel = camera.pixel(point);
    return std::abs(pixel.x() - camera.width / 2.0) <= filled * camera.width / 2 &&
           std::abs(pixel.y() - camera.height / 2.0) <= filled * camera.height / 2;
  });
}

}  // namespace

Eigen::Vector2d FilmCamera::pixel(const Vector3d& point) const {
  const Vector3d p = in_camera(point);
  return {width / 2.0 + focal_px * p.x() / p.z(), height / 2.0 + focal_px * p.y() / p.z()};
}

FilmCamera aim(const CameraPlace& place, std::span<const Vector3d> points, int width, int height) {
  Vector3d least = Vector3d::Constant(1e9);
  Vector3d most = -least;
  for (const Vector3d& point : points) {
    least = least.cwiseMin(point);
    most = most.cwiseMax(point);
  }
  const Vector3d middle = (least + most) / 2;
  FilmCamera camera;
  camera.name = place.name;
  camera.azimuth_deg = place.azimuth_deg;
  camera.width = width;
  camera.height = height;
  camera.focal_px =
      std::min(width, height) / 2.0 / std::tan(Radians{Degrees{place.field_of_view_deg}}.value() / 2);
  const double azimuth = Radians{Degrees{place.azimuth_deg}}.value();
  const Vector3d away{std::cos(azimuth), 0, -std::sin(azimuth)};
  const auto stand_at = [&](double distance_m) {
    camera.lens = middle + distance_m * away;
    camera.lens.y() = place.height_m;
    look_at(camera, middle);
  };
  if (place.distance_m) {
    stand_at(*place.distance_m);
    return camera;
  }
  constexpr double kStep = 0.05;
  constexpr double kFarthest = 12;
  for (double distance = 1; distance <= kFarthest; distance += kStep) {
    stand_at(distance);
    if (fits(camera, points, place.filled)) break;
  }
  return camera;
}

}  // namespace reprise::simulation::rendered
