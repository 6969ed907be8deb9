// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Geometry>
#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/cameras/board_finder.h"
#include "engine/cameras/camera_model.h"
#include "engine/inverse_kinematics/rig_rays.h"
#include "engine/synthesis/random.h"

// For tests only: a chequerboard on a sheet of paper as a camera would see it. No camera filmed it.
namespace reprise::engine {

struct DrawnBoard {
  BoardSize size = {};
  double square_m = 0.025;
  RigView pose = {};          ///< from the board (x along columns, y along rows) to the room
  double blur_px = 0.7;       ///< standard deviation
  double noise = 3;           ///< standard deviation of brightness
  double light_falls_to = 1;  ///< brightness at the right of the picture over that at the left
  bool clutter = false;       ///< stripes and squares behind the board
  int samples = 3;            ///< a pixel's side
};

/// A pose of the board's middle, turned about x, y and z (in this order) from facing a camera at the origin.
inline RigView board_pose(const BoardSize& size, double square_m, const Eigen::Vector3d& middle_m,
                          const Eigen::Vector3d& turns_rad) {
  RigView pose;
  pose.rotation = (Eigen::AngleAxisd(turns_rad.z(), Eigen::Vector3d::UnitZ()) *
                   Eigen::AngleAxisd(turns_rad.y(), Eigen::Vector3d::UnitY()) *
                   Eigen::AngleAxisd(turns_rad.x(), Eigen::Vector3d::UnitX()))
                      .toRotationMatrix();
  const Eigen::Vector3d center{0.5 * square_m * (size.columns - 1), 0.5 * square_m * (size.rows - 1), 0};
  pose.translation_m = middle_m - pose.rotation * center;
  return pose;
}

inline std::vector<Eigen::Vector2d> true_corners(const DrawnBoard& board, const CameraModel& camera) {
  std::vector<Eigen::Vector2d> out;
  for (std::size_t i = 0; i < board.size.corners(); ++i) {
    const Eigen::Vector2d at = board.square_m * board_point(board.size, i);
    out.push_back(
        project(camera, board.pose.in_camera({at.x(), at.y(), 0})).value_or(Eigen::Vector2d{-1, -1}));
  }
  return out;
}

/// Brightness of the board's plane at a place in squares from the first inner corner; nullopt: beside the
/// paper.
inline std::optional<double> paper(const BoardSize& size, double x, double y) {
  if (x < -1.6 || y < -1.6 || x > size.columns + 0.6 || y > size.rows + 0.6) return std::nullopt;
  if (x < -1 || y < -1 || x > size.columns || y > size.rows) return 225;
  const auto square = static_cast<int>(std::floor(x)) + static_cast<int>(std::floor(y));
  return square % 2 == 0 ? 25 : 225;
}

inline double behind(double u, double v, bool clutter) {
  if (!clutter) return 120;
  if (static_cast<int>(u / 37) % 3 == 0) return 40 + 3 * std::fmod(v, 50);
  return (static_cast<int>(u / 60) + static_cast<int>(v / 45)) % 2 == 0 ? 170 : 90;
}

/// Blurs along one axis.
inline GreyImage blurred_along(const GreyImage& image, double deviation, bool across) {
  const int reach = static_cast<int>(std::ceil(3 * deviation));
  GreyImage out = image;
  for (int y = 0; y < image.height; ++y) {
    for (int x = 0; x < image.width; ++x) {
      double sum = 0;
      double weights = 0;
      for (int k = -reach; k <= reach; ++k) {
        const int u = across ? std::clamp(x + k, 0, image.width - 1) : x;
        const int v = across ? y : std::clamp(y + k, 0, image.height - 1);
        const double weight = std::exp(-0.5 * k * k / (deviation * deviation));
        sum += weight * image.at(u, v);
        weights += weight;
      }
      out.at(x, y) = static_cast<float>(sum / weights);
    }
  }
  return out;
}

inline GreyImage draw(const DrawnBoard& board, const CameraModel& camera, std::uint64_t seed = 1) {
  GreyImage image{camera.width_px, camera.height_px, {}};
  image.values.resize(static_cast<std::size_t>(camera.width_px) * static_cast<std::size_t>(camera.height_px));
  const Eigen::Matrix3d turn = camera.rotation * board.pose.rotation;
  const Eigen::Vector3d origin = camera.in_camera(board.pose.translation_m);
  const auto brightness = [&](double u, double v) {
    const auto slope = slope_of(camera, {u, v});
    if (!slope) return behind(u, v, board.clutter);
    // The ray meets the plane where turn * (x, y, 0) + origin = t * (slope, 1).
    Eigen::Matrix3d equations;
    equations << turn.col(0), turn.col(1), -slope->homogeneous();
    const Eigen::Vector3d met = equations.inverse() * -origin;
    if (!(met.z() > 0)) return behind(u, v, board.clutter);
    return paper(board.size, met.x() / board.square_m, met.y() / board.square_m)
        .value_or(behind(u, v, board.clutter));
  };
  for (int y = 0; y < image.height; ++y) {
    for (int x = 0; x < image.width; ++x) {
      double sum = 0;
      for (int j = 0; j < board.samples; ++j)
        for (int i = 0; i < board.samples; ++i)
          sum += brightness(x + (i + 0.5) / board.samples, y + (j + 0.5) / board.samples);
      image.at(x, y) = static_cast<float>(sum / (board.samples * board.samples));
    }
  }
  if (board.blur_px > 0)
    image = blurred_along(blurred_along(image, board.blur_px, true), board.blur_px, false);
  const detail::CounterRandom random(seed);
  for (std::size_t i = 0; i < image.values.size(); ++i) {
    const double x = static_cast<double>(i % static_cast<std::size_t>(image.width)) / image.width;
    const double light = 1 + x * (board.light_falls_to - 1);
    image.values[i] = static_cast<float>(
        std::clamp(std::round(light * image.values[i] + board.noise * random.normal(i)), 0.0, 255.0));
  }
  return image;
}

}  // namespace reprise::engine
