// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/cameras/board_lens.h"
#include "engine/cameras/drawn_board.h"

// For tests only: a simulated board that is moved before two cameras. No camera filmed it.
namespace reprise::engine {

struct MovedBoard {
  BoardSize size = {};
  double square_m = 0.025;
  std::vector<CameraModel> cameras = {camera_at(700, 0), camera_at(760, 0.9)};
  double lag_s = -0.73;  ///< the second camera started later
  double seconds = 20;
  double reach = 1;     ///< of the way to the picture's sides
  double tilts = 0.55;  ///< radians
  double noise_px = 0.1;
  double rate_hz = 15;

  /// On a circle of 0.9 m around the middle of the board's way, which is 0.9 m before the first.
  static CameraModel camera_at(double focal_px, double turn) {
    CameraModel c;
    c.width_px = 960;
    c.height_px = 540;
    c.focal_x_px = c.focal_y_px = focal_px;
    c.center_x_px = 484;
    c.center_y_px = 267;
    c.distortion.coefficients = {-0.08, 0.02, 0, 0, 0};
    c.rotation = Eigen::AngleAxisd(turn, Eigen::Vector3d::UnitY()).toRotationMatrix();
    c.translation_m = Eigen::Vector3d(0, 0, 0.9) - c.rotation * Eigen::Vector3d(0, 0, 0.9);
    return c;
  }

  /// At a time of the first camera's clock. Turned between the cameras, so that both see its front.
  [[nodiscard]] RigView pose_at(double t) const {
    const Eigen::Vector3d middle{reach * 0.36 * std::sin(0.9 * t), reach * 0.19 * std::sin(1.37 * t + 0.4),
                                 0.9 + reach * 0.2 * std::sin(0.53 * t + 1)};
    const double facing = cameras[0].rotation.isApprox(cameras[1].rotation) ? 0 : -0.45;
    return board_pose(
        size, square_m, middle,
        {tilts * std::sin(0.71 * t), facing + tilts * std::sin(1.13 * t + 2), 0.5 * std::sin(0.4 * t)});
  }

  [[nodiscard]] DrawnBoard board_at(double t) const {
    DrawnBoard out;
    out.size = size;
    out.square_m = square_m;
    out.pose = pose_at(t);
    return out;
  }

  /// Corners with noise, where all lie in the picture.
  [[nodiscard]] std::vector<BoardTrack> tracks() const {
    const detail::CounterRandom random(7);
    std::uint64_t n = 0;
    std::vector<BoardTrack> out(2);
    for (std::size_t v = 0; v < 2; ++v) {
      out[v].camera.width_px = cameras[v].width_px;
      out[v].camera.height_px = cameras[v].height_px;
      const double begin = v == 0 ? 0 : -lag_s + 0.021;  // pictures of both lie between each other
      for (double t = begin; t < begin + seconds; t += 1 / rate_hz) {
        ++out[v].pictures;
        TimedBoard board{Seconds{t + (v == 0 ? 0 : lag_s)}, true_corners(board_at(t), cameras[v])};
        const bool inside = std::all_of(board.corners_px.begin(), board.corners_px.end(), [&](const auto& p) {
          return p.x() > 8 && p.y() > 8 && p.x() < cameras[v].width_px - 8 &&
                 p.y() < cameras[v].height_px - 8;
        });
        if (!inside) continue;
        for (Eigen::Vector2d& p : board.corners_px)
          p += noise_px * Eigen::Vector2d(random.normal(n), random.normal(n + 1)), n += 2;
        out[v].boards.push_back(std::move(board));
      }
    }
    return out;
  }
};

}  // namespace reprise::engine
