// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "engine/pose/image.h"

namespace reprise::sensing {

struct VideoOptions {
  /// Threads that decode, 1 to 64. Each beyond the first keeps another picture in memory.
  int threads = 1;
  /// Larger pictures are scaled down so that their longer side has this many pixels (64 to 16384). The pose
  /// networks see crops of 256 x 256, so that more detail than this is rarely worth its time and memory.
  int longest_side_px = 1920;
};

/// Pictures with more pixels than this are refused (8K video has half of it): a decoder needs several in
/// memory.
inline constexpr std::int64_t kMaxPicturePixels = std::int64_t{8192} * 8192;

struct VideoInfo {
  int width = 0;   ///< of the pictures that `next` gives: upright, square pixels, scaled down to the limit
  int height = 0;  ///< likewise
  int source_width = 0;   ///< upright, square pixels, full size
  int source_height = 0;  ///< likewise
  int rotation_deg =
      0;  ///< 0, 90, 180, 270: clockwise turn that made the stored picture upright; already applied
  bool mirrored =
      false;  ///< the stored picture was also mirrored left to right, before the turn; already undone
  bool is_photo = false;                    ///< one picture, without times
  std::string container;                    ///< FFmpeg's short name, e.g. "mov,mp4,m4a,3gp,3g2,mj2"
  std::string codec;                        ///< FFmpeg's short name, e.g. "h264"
  std::optional<Seconds> duration;          ///< as the file says; empty for photos
  std::optional<Hertz> nominal_rate;        ///< mean rate as the file says; frames have their own times
  std::optional<std::int64_t> frame_count;  ///< as the file says
  /// When it was recorded, "2024-05-03T10:12:30Z", as the file says; a converted file may hold the time of
  /// its conversion. Empty if the file does not say.
  std::string recorded_at;
  /// When the first picture is shown by the file's own clock, which its sound shares; empty: it has no times.
  std::optional<Seconds> first_shown;
  bool simulated = false;  ///< the file says that no person was filmed (video_writer.h)

  /// Full-size pixels for one delivered pixel; at least 1.
  [[nodiscard]] double scale_x() const { return static_cast<double>(source_width) / width; }
  [[nodiscard]] double scale_y() const { return static_cast<double>(source_height) / height; }
};

/// One picture. The pixels belong to the reader and are overwritten by its next call.
struct VideoFrame {
  Seconds time;             ///< by the file's own timestamps; the first frame is at 0; rises strictly
  engine::ImageView image;  ///< RGB, upright, VideoInfo::width x VideoInfo::height
};

/// Counts the events so far while reading.
struct VideoFindings {
  std::int64_t frames = 0;             ///< delivered
  std::int64_t repaired_times = 0;     ///< timestamps that were missing, repeated or jumped (timestamps.h)
  std::int64_t damaged_packets = 0;    ///< could not be decoded and are left out
  std::int64_t damaged_frames = 0;     ///< decoded with visible damage, and delivered
  std::int64_t interlaced_frames = 0;  ///< delivered as they are
  bool ends_early = false;             ///< the file holds less than it announces
  bool high_dynamic_range = false;     ///< shown without tone mapping: colors look flat
  bool unclear_rotation = false;       ///< the rotation flag was no quarter turn; the nearest was taken
  std::string decoder_message;         ///< FFmpeg's last message about damage

  /// Returns plain sentences for a report; empty if all was well.
  [[nodiscard]] std::vector<std::string> warnings() const;
};

/// Reads the pictures of a video one by one, forward only. Use from one thread at a time.
class VideoReader {
 public:
  VideoReader(VideoReader&&) noexcept;
  VideoReader& operator=(VideoReader&&) noexcept;
  ~VideoReader();

  [[nodiscard]] const VideoInfo& info() const;
  [[nodiscard]] const VideoFindings& findings() const;

  /// Returns the next picture; empty at the end. Pictures that cannot be decoded are skipped and counted in
  /// `findings`. Errors: unsupported (the picture's shape changes in the middle; all before it were
  /// delivered).
  [[nodiscard]] Result<std::optional<VideoFrame>> next();
  /// Decodes it into the caller's own memory, which must outlive the use of the frame. It grows as needed.
  [[nodiscard]] Result<std::optional<VideoFrame>> next(std::vector<std::uint8_t>& pixels);

 private:
  struct Impl;
  explicit VideoReader(std::unique_ptr<Impl> impl);
  friend Result<VideoReader> open_video(const std::filesystem::path& path, const VideoOptions& options);

  std::unique_ptr<Impl> impl_;
};

/// Opens a video or a photo (a video of one picture) and decodes its first picture. Containers: MP4/MOV,
/// Matroska/WebM, AVI, MPEG-TS/PS, Ogg, FLV, ASF, 3GP, Y4M, raw H.264/H.265/MPEG-4, GIF, JPEG, PNG, WebP,
/// BMP, TIFF. Nothing but this file is opened, whatever it refers to. Errors: not_found (no such file);
/// invalid_argument (a folder, a device, options out of range); unsupported (not a video, no decoder for it,
/// more than kMaxPicturePixels); unreadable (no permission, empty, cut off before the first picture or
/// without its index); corrupt (nothing in it can be decoded); nothing_measured (sound only, no frames).
[[nodiscard]] Result<VideoReader> open_video(const std::filesystem::path& path,
                                             const VideoOptions& options = {});

}  // namespace reprise::sensing
