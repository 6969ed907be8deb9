// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "engine/cameras/moved_board.h"
#include "sensing/video/video_writer.h"

// For tests only: videos of a drawn board that is moved before two drawn cameras. No camera filmed them.
namespace reprise {

/// The slopes that a camera's pixels show, at four points of each.
inline std::vector<Eigen::Vector2d> slopes_of(const engine::CameraModel& camera) {
  std::vector<Eigen::Vector2d> out;
  for (int y = 0; y < 2 * camera.height_px; ++y)
    for (int x = 0; x < 2 * camera.width_px; ++x)
      out.push_back(engine::slope_of(camera, {0.5 * x + 0.25, 0.5 * y + 0.25}).value());
  return out;
}

/// One picture as RGB: the board on its paper, gray behind it, noise.
inline std::vector<std::uint8_t> picture_of(const engine::DrawnBoard& board,
                                            const engine::CameraModel& camera,
                                            const std::vector<Eigen::Vector2d>& slopes, std::uint64_t seed) {
  const Eigen::Matrix3d turn = camera.rotation * board.pose.rotation;
  Eigen::Matrix3d to_picture;
  to_picture << turn.col(0), turn.col(1), camera.in_camera(board.pose.translation_m);
  const Eigen::Matrix3d to_board = to_picture.inverse();
  const auto brightness = [&](const Eigen::Vector2d& slope) {
    const Eigen::Vector3d at = to_board * slope.homogeneous();
    if (!(at.z() > 0)) return 120.0;
    return engine::paper(board.size, at.x() / at.z() / board.square_m, at.y() / at.z() / board.square_m)
        .value_or(120);
  };
  const engine::detail::CounterRandom random(seed);
  const auto width = static_cast<std::size_t>(camera.width_px);
  const auto height = static_cast<std::size_t>(camera.height_px);
  std::vector<std::uint8_t> pixels;
  pixels.reserve(3 * width * height);
  for (std::size_t y = 0; y < height; ++y) {
    for (std::size_t x = 0; x < width; ++x) {
      const std::size_t i = 4 * y * width + 2 * x;
      const double mean = 0.25 * (brightness(slopes[i]) + brightness(slopes[i + 1]) +
                                  brightness(slopes[i + 2 * width]) + brightness(slopes[i + 2 * width + 1]));
      const auto value =
          static_cast<std::uint8_t>(std::clamp(mean + 2 * random.normal(y * width + x), 0.0, 255.0));
      pixels.insert(pixels.end(), 3, value);
    }
  }
  return pixels;
}

/// The video of one camera as MP4, which says that no person was filmed.
inline std::string board_film(const engine::MovedBoard& moved, std::size_t v) {
  const engine::CameraModel& camera = moved.cameras[v];
  const auto slopes = slopes_of(camera);
  auto writer = sensing::VideoWriter::start({.width = camera.width_px,
                                             .height = camera.height_px,
                                             .frame_rate = Hertz{moved.rate_hz},
                                             .title = "Drawn board, no camera filmed it",
                                             .simulated = true});
  if (!writer) return {};
  const auto count = static_cast<std::uint64_t>(moved.seconds * moved.rate_hz);
  for (std::uint64_t k = 0; k < count; ++k) {
    const double t = static_cast<double>(k) / moved.rate_hz - (v == 0 ? 0 : moved.lag_s);
    const auto pixels = picture_of(moved.board_at(t), camera, slopes, 1000 * v + k);
    const engine::ImageView view{pixels.data(), camera.width_px, camera.height_px, 3 * camera.width_px, 3};
    if (!writer->add(view)) return {};
  }
  return writer->finish().value_or("");
}

}  // namespace reprise
