// SPDX-License-Identifier: Apache-2.0
#pragma once

// For tests only: makes small real videos with FFmpeg's own encoders.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/pose/image.h"
#include "sensing/video/libav.h"

namespace reprise::sensing {

/// 0 to 255 each.
struct Color {
  double red = 0, green = 0, blue = 0;
};

/// Red top left, green top right, blue bottom left, white bottom right; the middle lies at (width/2,
/// height/2).
[[nodiscard]] Color quarters(int x, int y, int width, int height);

struct FixtureVideo {
  std::string encoder = "mpeg4";
  AVPixelFormat format = AV_PIX_FMT_YUV420P;
  int width = 64, height = 48;
  std::vector<std::int64_t> times_ms = {0, 40, 80, 120, 160, 200, 240, 280, 320, 360};
  /// Color of a pixel of a frame. Default: `quarters` in every frame.
  std::function<Color(int frame, int x, int y)> paint = {};
  AVColorSpace colorspace = AVCOL_SPC_UNSPECIFIED;
  AVColorRange range = AVCOL_RANGE_UNSPECIFIED;
  AVColorTransferCharacteristic transfer = AVCOL_TRC_UNSPECIFIED;
  AVRational pixel_aspect{0, 1};
  std::optional<double> rotate_clockwise_deg = {};  ///< the display matrix turns the stored picture by this
  bool mirror = false;                              ///< and mirrors it left to right before
  bool is_cover = false;                            ///< an attached picture beside sound
  bool with_sound = false;                          ///< a second stream, silence unless `sound` has samples
  std::vector<float> sound = {};                    ///< one channel, -1 to 1, from time 0
  int sound_hz = 8000;
  std::vector<std::pair<std::string, std::string>> encoder_options = {};
  std::vector<std::pair<std::string, std::string>> container_options = {};
  std::vector<std::pair<std::string, std::string>> metadata = {};
};

/// Writes a file; the container follows from the ending. Throws std::runtime_error where FFmpeg fails.
/// RGB becomes YUV by the matrix of `colorspace` in closed form (ITU-R BT.601 where it is unspecified).
void write_video(const std::filesystem::path& path, const FixtureVideo& video = {});

/// One frame of it, as a decoder would give it.
[[nodiscard]] libav::FramePointer make_frame(const FixtureVideo& video, int number = 0);

/// The color of a delivered pixel.
[[nodiscard]] Color pixel(const engine::ImageView& image, int x, int y);
/// The mean of the red, green and blue difference.
[[nodiscard]] double difference(const Color& a, const Color& b);

}  // namespace reprise::sensing
