// SPDX-License-Identifier: Apache-2.0
#pragma once

// FFmpeg as a writer: pictures become a file in memory. Not for other folders; they use video_writer.h.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "sensing/video/libav.h"

namespace reprise::sensing::libav {

struct OutputSettings {
  using Texts = std::vector<std::pair<std::string, std::string>>;

  std::string container = "mp4";  ///< FFmpeg's short name
  std::string encoder;            ///< FFmpeg's name; empty: no pictures
  AVPixelFormat format = AV_PIX_FMT_YUV420P;
  int width = 0;
  int height = 0;
  AVRational time_base{1, 1000};  ///< in which frames have their `pts`
  AVColorSpace colorspace = AVCOL_SPC_UNSPECIFIED;
  AVColorRange range = AVCOL_RANGE_UNSPECIFIED;
  AVColorTransferCharacteristic transfer = AVCOL_TRC_UNSPECIFIED;
  AVRational pixel_aspect{0, 1};
  std::optional<int> quantiser = {};  ///< the same for every picture, where the encoder knows one
  Texts encoder_options = {};
  Texts container_options = {};
  Texts metadata = {};
  /// How long a picture stays, in `time_base`, by its `pts`.
  std::function<std::int64_t(std::int64_t pts)> duration = {};
  /// Last changes before the header is written; the stream is null without pictures.
  std::function<void(AVFormatContext& file, AVStream* pictures)> adjust = {};
};

/// One stream of pictures on its way into a file in memory. The same frames and settings give the same bytes.
class Output {
 public:
  /// Errors: unsupported (no such container or encoder, or it refuses the settings); unwritable (no memory).
  [[nodiscard]] static Result<std::unique_ptr<Output>> start(OutputSettings settings);
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;
  ~Output();

  /// Encodes one frame; `frame.pts` rises. Errors: unwritable.
  [[nodiscard]] Result<void> add(AVFrame& frame);
  /// Ends the file and gives its bytes; call once, last. Errors: unwritable.
  [[nodiscard]] Result<std::string> finish();
  [[nodiscard]] AVFormatContext& file() { return *file_; }

 private:
  explicit Output(OutputSettings settings) : settings_(std::move(settings)) {}
  [[nodiscard]] Result<void> open();
  [[nodiscard]] Result<void> open_encoder();
  [[nodiscard]] Result<void> write_header();
  [[nodiscard]] Result<void> drain();
  [[nodiscard]] tl::unexpected<Error> failure(ErrorCode code, const std::string& what) const;

  static int write(void* self, std::uint8_t* bytes, int size);
  static std::int64_t seek(void* self, std::int64_t offset, int whence);

  LogSink log_;
  OutputSettings settings_;
  std::string bytes_;
  std::size_t position_ = 0;
  AVFormatContext* file_ = nullptr;
  CodecPointer encoder_;
  AVStream* stream_ = nullptr;
  bool any_ = false;  // pictures so far
};

}  // namespace reprise::sensing::libav
