// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>
#include <optional>
#include <span>
#include <string>

namespace reprise::simulation::rendered {

/// A pinhole camera that looks at a point, without roll. A point in camera axes (x right, y down, z away) is
/// `to_camera * (point - lens)`; its pixel is the picture's middle plus `focal_px` times x / z and y / z.
struct FilmCamera {
  std::string name;
  double azimuth_deg = 0;  ///< about the vertical: 0 in front, 90 on the person's left, 180 behind
  double pitch_deg = 0;    ///< looking down positive
  Eigen::Matrix3d to_camera = Eigen::Matrix3d::Identity();
  Eigen::Vector3d lens{0, 0, 0};  ///< meters, room axes
  double focal_px = 800;
  int width = 640;
  int height = 640;

  [[nodiscard]] Eigen::Vector3d in_camera(const Eigen::Vector3d& point) const {
    return to_camera * (point - lens);
  }
  /// x and y in pixels. Precondition: the point lies in front of the lens.
  [[nodiscard]] Eigen::Vector2d pixel(const Eigen::Vector3d& point) const;
};

struct CameraPlace {
  std::string name;
  double azimuth_deg = 0;
  double height_m = 1.1;          ///< of the lens above the floor
  double field_of_view_deg = 45;  ///< across the shorter side
  double filled = 0.8;            ///< share of the picture that the movement may fill
  /// Over the floor, from the middle of the points: then `filled` says nothing, and points may lie outside.
  std::optional<double> distance_m = std::nullopt;
};

/// The camera at the place's distance, else at the least one from which all of `points` lie within the share
/// of the picture, up to 12 m. It looks at the middle of the points. `width`, `height`: pixels.
[[nodiscard]] FilmCamera aim(const CameraPlace& place, std::span<const Eigen::Vector3d> points, int width,
                             int height);

}  // namespace reprise::simulation::rendered
