// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the rest of this folder needs of FFmpeg: owning pointers, its log, a file as its input. Not for other
// folders.

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libswscale/swscale.h>
}

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "base/result.h"

namespace reprise::sensing::libav {

template <auto Free>
struct Deleter {
  template <class T>
  void operator()(T* pointer) const {
    Free(&pointer);
  }
};
using FramePointer = std::unique_ptr<AVFrame, Deleter<av_frame_free>>;
using PacketPointer = std::unique_ptr<AVPacket, Deleter<av_packet_free>>;
using CodecPointer = std::unique_ptr<AVCodecContext, Deleter<avcodec_free_context>>;
using FormatPointer = std::unique_ptr<AVFormatContext, Deleter<avformat_close_input>>;

struct SwsDeleter {
  void operator()(SwsContext* context) const { sws_freeContext(context); }
};
using SwsPointer = std::unique_ptr<SwsContext, SwsDeleter>;

/// What an error number of FFmpeg means, in its words.
[[nodiscard]] std::string error_text(int error);

/// Collects FFmpeg's own error messages instead of letting them onto the terminal; the last goes into an
/// Error's cause. FFmpeg has one log for the whole process: the first LogSink takes it over for good, and
/// messages of contexts that belong to no sink are dropped.
class LogSink {
 public:
  LogSink();
  LogSink(const LogSink&) = delete;
  LogSink& operator=(const LogSink&) = delete;
  ~LogSink();

  /// Messages that FFmpeg writes on this thread go to `sink` while this lives. Those of decoder threads are
  /// found through AVCodecContext::opaque, which must point to the sink.
  class Scope {
   public:
    explicit Scope(LogSink& sink);
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;
    ~Scope();

   private:
    LogSink* before_;
  };

  /// The last message, empty where there was none.
  [[nodiscard]] std::string last() const;
  /// Whether any message so far held `words`.
  [[nodiscard]] bool mentions(std::string_view words) const;

 private:
  friend struct LogHook;
  std::string first_messages_;  // up to a limit
  std::string last_;
};

/// A regular file as FFmpeg's input. FFmpeg opens nothing by itself then, so that a playlist or a crafted
/// file cannot make it read other files or the network.
class FileInput {
 public:
  [[nodiscard]] static Result<std::unique_ptr<FileInput>> open(const std::filesystem::path& path);
  FileInput(const FileInput&) = delete;
  FileInput& operator=(const FileInput&) = delete;
  ~FileInput();

  [[nodiscard]] AVIOContext* context() { return context_; }
  /// Four letters after "ftyp" at the beginning, which say what kind of MP4 relative it is, e.g. "heic"; else
  /// empty.
  [[nodiscard]] std::string brand() const;

 private:
  FileInput(int fd, std::int64_t size);
  static int read(void* self, std::uint8_t* buffer, int size);
  static std::int64_t seek(void* self, std::int64_t offset, int whence);

  int fd_;
  std::int64_t size_;
  std::int64_t position_ = 0;
  AVIOContext* context_ = nullptr;
};

}  // namespace reprise::sensing::libav
