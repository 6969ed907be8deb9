// SPDX-License-Identifier: Apache-2.0
#include "sensing/video/video_reader.h"

extern "C" {
#include <libavutil/display.h>
}

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include "sensing/video/container.h"
#include "sensing/video/libav.h"
#include "sensing/video/picture.h"
#include "sensing/video/timestamps.h"
#include "sensing/video/video_writer.h"

namespace reprise::sensing {
namespace {

using namespace libav;

bool is_photo_container(std::string_view name) {
  return name.ends_with("_pipe") && name != "yuv4mpegpipe";
}

std::string entry(const AVDictionary* metadata, const char* key) {
  const AVDictionaryEntry* found = av_dict_get(metadata, key, nullptr, 0);
  return found != nullptr ? found->value : "";
}

/// Parses "2024-05-03T10:12:30.000000Z" to whole seconds; empty if it is not a time, or from a clock never
/// set.
std::string recording_time(const std::string& text) {
  constexpr std::string_view kForm = "dddd-dd-ddTdd:dd:dd";
  if (text.size() < kForm.size() || text.back() != 'Z') return {};
  for (std::size_t i = 0; i < kForm.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (kForm[i] == 'd' ? !digit : text[i] != kForm[i]) return {};
  }
  constexpr std::string_view kBeforePhonesFilmed = "1990";
  if (text.substr(0, 4) < kBeforePhonesFilmed) return {};
  return text.substr(0, kForm.size()) + 'Z';
}

constexpr const char* kOpeningVideo = "opening a video";

tl::unexpected<Error> too_large(std::int64_t width, std::int64_t height) {
  return fail(ErrorCode::unsupported, kOpeningVideo,
              "the picture has " + std::to_string(width) + " x " + std::to_string(height) +
                  " pixels; the limit is " + std::to_string(kMaxPicturePixels / 1'000'000) + " million",
              "scale the video or photo down first");
}

}  // namespace

struct VideoReader::Impl {
  // Destroyed from the last to the first: decoder threads end before the log they write to.
  LogSink log;
  std::unique_ptr<FileInput> input;
  FormatPointer format;
  CodecPointer codec;
  AVStream* stream = nullptr;
  PacketPointer packet{av_packet_alloc()};
  FramePointer frame{av_frame_alloc()};

  VideoInfo info;
  VideoFindings findings;
  PictureLayout layout;
  Orientation container_orientation;
  PictureConverter converter;
  std::optional<TimestampRepair> times;
  std::optional<std::int64_t> first_ticks;
  std::vector<std::uint8_t> pixels;
  int longest_side_px = 0;

  bool frame_waits = false;  // decoded by `open`, not delivered yet
  bool draining = false;
  bool at_end = false;
  std::int64_t packets = 0;
  bool read_failed = false;
  Seconds last_time{0};
  double longest_step_s = 0;

  [[nodiscard]] Result<void> open(const std::filesystem::path& path, const VideoOptions& options);
  [[nodiscard]] Result<std::optional<VideoFrame>> next(std::vector<std::uint8_t>& target);

 private:
  [[nodiscard]] Result<void> choose_stream();
  [[nodiscard]] Result<void> open_decoder(int threads);
  [[nodiscard]] Result<void> decode_first();
  void describe();
  [[nodiscard]] bool decode_one();
  [[nodiscard]] bool feed();
  [[nodiscard]] Orientation orientation_of_frame();
  [[nodiscard]] Result<void> follow_size();
  void note_frame();
  [[nodiscard]] std::optional<Seconds> file_time();
  void conclude();
  [[nodiscard]] std::optional<double> announced_length_s() const;
};

Result<void> VideoReader::Impl::choose_stream() {
  bool sound = false;
  for (unsigned i = 0; i < format->nb_streams; ++i) {
    AVStream* const candidate = format->streams[i];
    candidate->discard = AVDISCARD_ALL;
    sound = sound || candidate->codecpar->codec_type == AVMEDIA_TYPE_AUDIO;
    const bool cover = (candidate->disposition & AV_DISPOSITION_ATTACHED_PIC) != 0;
    if (candidate->codecpar->codec_type != AVMEDIA_TYPE_VIDEO || cover) continue;
    // The main camera is the first stream, unless another is marked as default.
    const bool marked = (candidate->disposition & AV_DISPOSITION_DEFAULT) != 0;
    const bool better = stream == nullptr || (marked && (stream->disposition & AV_DISPOSITION_DEFAULT) == 0);
    if (better) stream = candidate;
  }
  if (stream == nullptr) {
    return fail(ErrorCode::nothing_measured, kOpeningVideo,
                sound ? "the file holds sound but no picture" : "the file holds no picture",
                "name a video that shows the person");
  }
  stream->discard = AVDISCARD_DEFAULT;
  return {};
}

Result<void> VideoReader::Impl::open_decoder(int threads) {
  const AVCodecParameters& parameters = *stream->codecpar;
  const std::int64_t pixels_in_picture = std::int64_t{parameters.width} * parameters.height;
  if (pixels_in_picture > kMaxPicturePixels) return too_large(parameters.width, parameters.height);
  const AVCodec* decoder = avcodec_find_decoder(parameters.codec_id);
  const auto unsupported = [&](const std::string& why) {
    return fail(
        ErrorCode::unsupported, kOpeningVideo,
        "the pictures are coded as '" + std::string{avcodec_get_name(parameters.codec_id)} + "', " + why,
        "convert the video to H.264 in an MP4 file");
  };
  if (decoder == nullptr) return unsupported("for which there is no decoder");
  codec.reset(avcodec_alloc_context3(decoder));
  if (!codec || avcodec_parameters_to_context(codec.get(), &parameters) < 0) {
    return fail(ErrorCode::unreadable, kOpeningVideo, "there is not enough memory", "close other programs");
  }
  codec->opaque = &log;
  codec->pkt_timebase = stream->time_base;
  codec->thread_count = threads;
  codec->max_pixels = kMaxPicturePixels;
  if (avcodec_open2(codec.get(), decoder, nullptr) < 0)
    return unsupported(with_message("which cannot be decoded", log));
  return {};
}

/// Passes one more packet, or the end, to the decoder. False if there is nothing more to pass.
bool VideoReader::Impl::feed() {
  if (draining) return false;
  while (true) {
    av_packet_unref(packet.get());
    const int error = av_read_frame(format.get(), packet.get());
    if (error < 0) {
      // An unreadable rest is treated as the end; `conclude` reports it.
      read_failed = error != AVERROR_EOF;
      draining = true;
      return avcodec_send_packet(codec.get(), nullptr) >= 0;
    }
    if (packet->stream_index != stream->index) continue;
    ++packets;
    if ((packet->flags & AV_PKT_FLAG_CORRUPT) != 0) read_failed = true;
    const int sent = avcodec_send_packet(codec.get(), packet.get());
    if (sent < 0 && sent != AVERROR_EOF) ++findings.damaged_packets;
    return true;
  }
}

/// Decodes the next frame into `frame`. False at the end.
bool VideoReader::Impl::decode_one() {
  if (at_end) return false;
  constexpr int kMostFailuresInDraining = 1000;  // so that a decoder that never ends cannot hold us
  int failures = 0;
  while (true) {
    const int received = avcodec_receive_frame(codec.get(), frame.get());
    if (received >= 0) {
      if (frame->width > 0 && frame->height > 0 && frame->data[0] != nullptr) return true;
      continue;
    }
    if (received == AVERROR(EAGAIN)) {
      if (feed()) continue;
    } else if (received != AVERROR_EOF) {
      ++findings.damaged_packets;
      if (!draining || ++failures < kMostFailuresInDraining) {
        if (draining || feed()) continue;
      }
    }
    at_end = true;
    conclude();
    return false;
  }
}

/// Returns the length of the pictures from the file; empty if unknown.
std::optional<double> VideoReader::Impl::announced_length_s() const {
  // For a truncated AVI file FFmpeg reports the remaining length, but the original number of frames.
  if (info.container == "avi" && info.frame_count && info.nominal_rate) {
    return static_cast<double>(*info.frame_count) / info.nominal_rate->value();
  }
  if (format->duration_estimation_method == AVFMT_DURATION_FROM_BITRATE) return std::nullopt;
  if (stream->duration != AV_NOPTS_VALUE)
    return static_cast<double>(stream->duration) * av_q2d(stream->time_base);
  // The sound may be longer than the pictures.
  if (format->nb_streams == 1 && format->duration != AV_NOPTS_VALUE) {
    return static_cast<double>(format->duration) / AV_TIME_BASE;
  }
  return std::nullopt;
}

/// Checks at the end whether the file held everything it announced.
void VideoReader::Impl::conclude() {
  if (read_failed || log.mentions("File ended prematurely")) findings.ends_early = true;
  const std::optional<double> announced_s = announced_length_s();
  if (announced_s && !info.is_photo) {
    // A few frames may lie outside the edit list. The duration of the last one is often unknown; then it may
    // be as long as any other.
    const double step_s = info.nominal_rate ? 1 / info.nominal_rate->value() : 0.1;
    const double last_length_s = std::max({0.25, 3 * step_s, longest_step_s + step_s});
    if (last_time.value() + last_length_s < *announced_s) findings.ends_early = true;
  }
  if (findings.damaged_packets > 0 || findings.damaged_frames > 0 || findings.ends_early) {
    findings.decoder_message = log.last();
  }
}

Result<void> VideoReader::Impl::decode_first() {
  frame_waits = decode_one();
  if (frame_waits) return {};
  if (log.mentions("exceeds specified max pixel count") || log.mentions("Picture size")) {
    return fail(ErrorCode::unsupported, kOpeningVideo,
                with_message("the picture is larger than " + std::to_string(kMaxPicturePixels / 1'000'000) +
                                 " million pixels, or has no size",
                             log),
                "scale the video or photo down first");
  }
  if (packets == 0 && !read_failed) {
    return fail(ErrorCode::nothing_measured, kOpeningVideo, "the file announces a video but holds no frames",
                "record it again, or name another file");
  }
  if (findings.damaged_packets == 0) {
    return fail(ErrorCode::unreadable, kOpeningVideo,
                with_message("the file ends before its first picture", log),
                "copy or export it again from the device that recorded it");
  }
  return fail(ErrorCode::corrupt, kOpeningVideo,
              with_message("none of its " + std::to_string(packets) + " pictures can be decoded", log),
              "copy or export it again from the device that recorded it");
}

/// Returns the orientation: the frame's own (photos, H.264 messages) takes precedence over the container's.
Orientation VideoReader::Impl::orientation_of_frame() {
  const AVFrameSideData* side = av_frame_get_side_data(frame.get(), AV_FRAME_DATA_DISPLAYMATRIX);
  std::array<std::int32_t, 9> matrix{};
  if (side == nullptr || side->size < sizeof matrix) return container_orientation;
  std::memcpy(matrix.data(), side->data, sizeof matrix);
  bool exact = true;
  const Orientation orientation = orientation_from_matrix(matrix, exact);
  if (!exact) findings.unclear_rotation = true;
  return orientation;
}

void VideoReader::Impl::describe() {
  std::size_t size = 0;
  const std::uint8_t* data = av_stream_get_side_data(stream, AV_PKT_DATA_DISPLAYMATRIX, &size);
  std::array<std::int32_t, 9> matrix{};
  if (data != nullptr && size >= sizeof matrix) {
    std::memcpy(matrix.data(), data, sizeof matrix);
    bool exact = true;
    container_orientation = orientation_from_matrix(matrix, exact);
    if (!exact) findings.unclear_rotation = true;
  }
  const Orientation orientation = orientation_of_frame();
  layout =
      layout_of(frame->width, frame->height, av_guess_sample_aspect_ratio(format.get(), stream, frame.get()),
                orientation, longest_side_px);
  info.width = layout.width;
  info.height = layout.height;
  info.source_width = layout.shown_width;
  info.source_height = layout.shown_height;
  info.rotation_deg = 90 * orientation.quarter_turns;
  info.mirrored = orientation.mirrored;
  info.recorded_at = recording_time(entry(format->metadata, "creation_time"));
  if (info.recorded_at.empty()) info.recorded_at = recording_time(entry(stream->metadata, "creation_time"));
  info.simulated = entry(format->metadata, "comment") == kSimulatedVideoMark;
  if (frame->best_effort_timestamp != AV_NOPTS_VALUE)
    info.first_shown = Seconds{static_cast<double>(frame->best_effort_timestamp) * av_q2d(stream->time_base)};
  info.container = format->iformat->name;
  info.codec = avcodec_get_name(codec->codec_id);
  info.is_photo = is_photo_container(info.container) || input->brand() == "avif";
  if (info.is_photo) {
    info.frame_count = 1;
  } else {
    if (stream->duration != AV_NOPTS_VALUE && stream->duration > 0) {
      info.duration = Seconds{static_cast<double>(stream->duration) * av_q2d(stream->time_base)};
    } else if (format->duration != AV_NOPTS_VALUE && format->duration > 0) {
      info.duration = Seconds{static_cast<double>(format->duration) / AV_TIME_BASE};
    }
    const AVRational rates[] = {stream->avg_frame_rate, stream->r_frame_rate};
    for (const AVRational candidate : rates) {
      if (info.nominal_rate || candidate.num <= 0 || candidate.den <= 0) continue;
      const double hz = av_q2d(candidate);
      if (hz >= 0.1 && hz <= 1000)
        info.nominal_rate = Hertz{hz};  // else it is the clock's rate, not the camera's
    }
    if (stream->nb_frames > 0) info.frame_count = stream->nb_frames;
  }
  times.emplace(info.nominal_rate ? period(*info.nominal_rate) : Seconds{1.0 / 30});
}

std::optional<Seconds> VideoReader::Impl::file_time() {
  const std::int64_t ticks = frame->best_effort_timestamp;
  if (ticks == AV_NOPTS_VALUE) return std::nullopt;
  if (!first_ticks) first_ticks = ticks;
  std::int64_t since = 0;  // counted from the first, a double holds it without rounding
  if (__builtin_sub_overflow(ticks, *first_ticks, &since)) return std::nullopt;
  return Seconds{static_cast<double>(since) * stream->time_base.num / stream->time_base.den};
}

/// Scales a changed picture size to the first one's: recordings of web calls change their size on bad
/// connections.
Result<void> VideoReader::Impl::follow_size() {
  const Orientation orientation = orientation_of_frame();
  const bool same_turn = orientation.quarter_turns == layout.orientation.quarter_turns &&
                         orientation.mirrored == layout.orientation.mirrored;
  if (frame->width == layout.stored_width && frame->height == layout.stored_height && same_turn) return {};
  const std::int64_t pixels_in_picture = std::int64_t{frame->width} * frame->height;
  if (pixels_in_picture > kMaxPicturePixels) return too_large(frame->width, frame->height);
  PictureLayout changed =
      layout_of(frame->width, frame->height, av_guess_sample_aspect_ratio(format.get(), stream, frame.get()),
                orientation, longest_side_px);
  const double shape = static_cast<double>(changed.shown_width) / changed.shown_height;
  const double first_shape = static_cast<double>(layout.shown_width) / layout.shown_height;
  constexpr double kTolerance = 0.02;  // sides are rounded to even numbers or to whole blocks
  if (std::abs(shape / first_shape - 1) > kTolerance) {
    return fail(ErrorCode::unsupported, "video decoding",
                "the picture changes its shape from " + std::to_string(layout.shown_width) + " x " +
                    std::to_string(layout.shown_height) + " to " + std::to_string(changed.shown_width) +
                    " x " + std::to_string(changed.shown_height) + " after " +
                    std::to_string(findings.frames) + " frames",
                "cut the video where its picture changes and give the parts one by one");
  }
  changed.width = layout.width;
  changed.height = layout.height;
  layout = changed;
  return {};
}

void VideoReader::Impl::note_frame() {
  const bool damaged = (frame->flags & AV_FRAME_FLAG_CORRUPT) != 0 || frame->decode_error_flags != 0;
  if (damaged) ++findings.damaged_frames;
  if (frame->interlaced_frame != 0) ++findings.interlaced_frames;
  if (frame->color_trc == AVCOL_TRC_SMPTE2084 || frame->color_trc == AVCOL_TRC_ARIB_STD_B67) {
    findings.high_dynamic_range = true;
  }
}

Result<void> VideoReader::Impl::open(const std::filesystem::path& path, const VideoOptions& options) {
  if (options.threads < 1 || options.threads > 64 || options.longest_side_px < 64 ||
      options.longest_side_px > 16384) {
    return fail(ErrorCode::invalid_argument, kOpeningVideo,
                "threads must be 1 to 64, the longest side 64 to 16384 pixels", "choose other values");
  }
  longest_side_px = options.longest_side_px;
  const LogSink::Scope scope{log};
  auto opened = open_container(path, log, kMaxPicturePixels);
  if (!opened) return tl::unexpected(opened.error());
  input = std::move(opened->input);
  format = std::move(opened->format);
  if (auto done = choose_stream(); !done) return done;
  if (auto done = open_decoder(options.threads); !done) return done;
  if (auto done = decode_first(); !done) return done;
  describe();
  return {};
}

Result<std::optional<VideoFrame>> VideoReader::Impl::next(std::vector<std::uint8_t>& target) {
  const LogSink::Scope scope{log};
  if (info.is_photo && findings.frames == 1) return std::nullopt;
  if (!std::exchange(frame_waits, false) && !decode_one()) return std::nullopt;
  if (auto same = follow_size(); !same) {
    at_end = true;
    return tl::unexpected(same.error());
  }
  const auto image = converter.convert(*frame, layout, target);
  if (!image) {
    at_end = true;
    return tl::unexpected(image.error());
  }
  note_frame();
  const Seconds time = times->next(file_time());
  longest_step_s = std::max(longest_step_s, (time - last_time).value());
  last_time = time;
  findings.repaired_times = info.is_photo ? 0 : times->repaired();
  ++findings.frames;
  av_frame_unref(frame.get());
  return VideoFrame{last_time, *image};
}

VideoReader::VideoReader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
VideoReader::VideoReader(VideoReader&&) noexcept = default;
VideoReader& VideoReader::operator=(VideoReader&&) noexcept = default;
VideoReader::~VideoReader() = default;

const VideoInfo& VideoReader::info() const {
  return impl_->info;
}

const VideoFindings& VideoReader::findings() const {
  return impl_->findings;
}

Result<std::optional<VideoFrame>> VideoReader::next() {
  return impl_->next(impl_->pixels);
}

Result<std::optional<VideoFrame>> VideoReader::next(std::vector<std::uint8_t>& pixels) {
  return impl_->next(pixels);
}

Result<VideoReader> open_video(const std::filesystem::path& path, const VideoOptions& options) {
  auto impl = std::make_unique<VideoReader::Impl>();
  if (auto opened = impl->open(path, options); !opened) return tl::unexpected(opened.error());
  return VideoReader{std::move(impl)};
}

}  // namespace reprise::sensing
