// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/units.h"
#include "engine/pose/image.h"

namespace reprise::sensing {

/// Stands in the comment of a video that shows no person; `open_video` tells it by VideoInfo::simulated.
inline constexpr std::string_view kSimulatedVideoMark = "simulated: no person was filmed";

struct VideoWriterOptions {
  int width = 0;  ///< of every picture; even, as the format keeps colors for two pixels each way
  int height = 0;
  Hertz frame_rate{30};
  std::string title = {};  ///< kept in the file
  bool simulated = false;  ///< the file says that no person was filmed
  int rate_factor = 20;    ///< H.264's constant rate factor, 0 to 51; higher is smaller and coarser
};

/// Writes pictures as an MP4 file in memory (H.264, which every browser plays). The same pictures and options
/// give the same bytes with the same libraries.
class VideoWriter {
 public:
  /// Errors: invalid_argument (a size that is odd or not positive, more than 8192 a side, a rate outside 1 to
  /// 240 Hz, a rate factor outside 0 to 51); unsupported (FFmpeg without an H.264 encoder).
  [[nodiscard]] static Result<VideoWriter> start(const VideoWriterOptions& options);
  VideoWriter(VideoWriter&&) noexcept;
  VideoWriter& operator=(VideoWriter&&) noexcept;
  ~VideoWriter();

  /// Adds the next picture: RGB, of the size given. Errors: invalid_argument (another size); unwritable.
  [[nodiscard]] Result<void> add(const engine::ImageView& picture);
  /// The whole file; call once, last. Errors: unwritable.
  [[nodiscard]] Result<std::string> finish();

 private:
  struct Impl;
  explicit VideoWriter(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace reprise::sensing
