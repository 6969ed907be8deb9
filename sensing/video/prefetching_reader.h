// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "sensing/video/video_reader.h"

namespace reprise::sensing {

/// Decodes ahead on a thread of its own, so that decoding overlaps with the pose networks. Same pictures,
/// times and errors as the reader it takes over. Use from one thread at a time.
class PrefetchingReader {
 public:
  /// `frames_ahead`: pictures kept ready, 1 to 16; memory holds one more than that.
  explicit PrefetchingReader(VideoReader reader, int frames_ahead = 3);
  PrefetchingReader(const PrefetchingReader&) = delete;
  PrefetchingReader& operator=(const PrefetchingReader&) = delete;
  /// Stops the thread after the picture that it is decoding.
  ~PrefetchingReader();

  [[nodiscard]] const VideoInfo& info() const;
  /// What had been found when the picture last returned was decoded; complete once `next` has returned the
  /// end.
  [[nodiscard]] const VideoFindings& findings() const;

  /// The next picture, empty at the end; as VideoReader::next. The pixels live until the next call.
  [[nodiscard]] Result<std::optional<VideoFrame>> next();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace reprise::sensing
