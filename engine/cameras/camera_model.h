// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>
#include <array>
#include <optional>
#include <string>

namespace reprise::engine {

/// A lens' distortion as OpenCV states it. Rational, thin-prism and tilted models are not known.
struct LensDistortion {
  bool fisheye = false;  ///< equidistant projection with k1 to k4; else k1, k2, p1, p2, k3
  std::array<double, 5> coefficients = {};
};

/// A calibrated camera that stands still. Its own axes: x right, y down, z away. The room's axes: meters, z
/// up.
struct CameraModel {
  std::string name;
  int width_px = 0;
  int height_px = 0;
  double focal_x_px = 0;
  double focal_y_px = 0;
  double center_x_px = 0;
  double center_y_px = 0;
  LensDistortion distortion;
  Eigen::Matrix3d rotation = Eigen::Matrix3d::Identity();   ///< from the room to the camera
  Eigen::Vector3d translation_m = Eigen::Vector3d::Zero();  ///< added after it

  [[nodiscard]] Eigen::Vector3d in_camera(const Eigen::Vector3d& room_m) const {
    return rotation * room_m + translation_m;
  }
  /// The lens' place in the room.
  [[nodiscard]] Eigen::Vector3d lens_m() const { return -rotation.transpose() * translation_m; }
  [[nodiscard]] double focal_px() const { return 0.5 * (focal_x_px + focal_y_px); }
};

/// Where the lens bends a ray of slope x/z, y/z to. A fisheye's slope may be that of any ray ahead of the
/// lens.
[[nodiscard]] Eigen::Vector2d distorted(const LensDistortion& lens, const Eigen::Vector2d& slope);

/// The reverse, by Newton's method. nullopt: no ray ahead of the lens comes to lie there.
[[nodiscard]] std::optional<Eigen::Vector2d> undistorted(const LensDistortion& lens,
                                                         const Eigen::Vector2d& bent);

/// The pixel of a point of the room; nullopt: it lies behind the lens.
[[nodiscard]] std::optional<Eigen::Vector2d> project(const CameraModel& camera,
                                                     const Eigen::Vector3d& room_m);

/// The slope x/z, y/z of the ray that a pixel shows, without distortion; nullopt: no such ray.
[[nodiscard]] std::optional<Eigen::Vector2d> slope_of(const CameraModel& camera,
                                                      const Eigen::Vector2d& pixel);

}  // namespace reprise::engine
