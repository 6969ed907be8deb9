// SPDX-License-Identifier: Apache-2.0
#include "sensing/video/sound_reader.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sensing/video/container.h"
#include "sensing/video/video_reader.h"

namespace reprise::sensing {
namespace {

using namespace libav;

constexpr const char* kReadingSound = "reading the sound";

template <class T>
double sample_at(const std::uint8_t* bytes, std::size_t index) {
  T value;
  std::memcpy(&value, bytes + index * sizeof value, sizeof value);
  return static_cast<double>(value);
}

/// One sample as a share of full scale.
double sample_of(AVSampleFormat packed, const std::uint8_t* bytes, std::size_t index) {
  switch (packed) {
    case AV_SAMPLE_FMT_U8: return (sample_at<std::uint8_t>(bytes, index) - 128) / 0x80;
    case AV_SAMPLE_FMT_S16: return sample_at<std::int16_t>(bytes, index) / 0x8000;
    case AV_SAMPLE_FMT_S32: return sample_at<std::int32_t>(bytes, index) / 0x80000000;
    case AV_SAMPLE_FMT_S64: return sample_at<std::int64_t>(bytes, index) / 0x1p63;
    case AV_SAMPLE_FMT_FLT: return sample_at<float>(bytes, index);
    case AV_SAMPLE_FMT_DBL: return sample_at<double>(bytes, index);
    default: return 0;
  }
}

/// The mean of all channels; empty for a frame that holds none.
std::vector<float> one_channel(const AVFrame& frame) {
  const auto format = static_cast<AVSampleFormat>(frame.format);
  const AVSampleFormat packed = av_get_packed_sample_fmt(format);
  const bool planar = av_sample_fmt_is_planar(format) != 0;
  const auto channels = static_cast<std::size_t>(std::max(0, frame.ch_layout.nb_channels));
  const auto count = static_cast<std::size_t>(std::max(0, frame.nb_samples));
  std::vector<float> out;
  if (channels == 0 || frame.extended_data == nullptr) return out;
  out.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    double sum = 0;
    for (std::size_t c = 0; c < channels; ++c) {
      const std::uint8_t* const bytes = frame.extended_data[planar ? c : 0];
      sum += sample_of(packed, bytes, planar ? i : i * channels + c);
    }
    out.push_back(static_cast<float>(sum / static_cast<double>(channels)));
  }
  return out;
}

class SoundReading {
 public:
  explicit SoundReading(Seconds first_picture) : first_picture_(first_picture) {}

  Result<engine::SoundLevels> run(const std::filesystem::path& path) {
    const LogSink::Scope scope{log_};
    auto opened = open_container(path, log_, kMaxPicturePixels);
    if (!opened) return tl::unexpected(opened.error());
    container_ = std::move(*opened);
    if (auto ok = open_decoder(); !ok) return tl::unexpected(ok.error());
    if (auto ok = decode_all(); !ok) return tl::unexpected(ok.error());
    if (!meter_)
      return fail(ErrorCode::nothing_measured, kReadingSound,
                  with_message("none of the sound can be decoded", log_),
                  "copy the video again from the device that recorded it");
    if (meter_->is_full())
      return fail(ErrorCode::unsupported, kReadingSound, "the sound is longer than an hour",
                  "cut the video to the movement, or synchronize by --sync motion");
    return meter_->finish();
  }

 private:
  Result<void> open_decoder() {
    AVFormatContext* const format = container_.format.get();
    const AVCodec* decoder = nullptr;
    const int index = av_find_best_stream(format, AVMEDIA_TYPE_AUDIO, -1, -1, &decoder, 0);
    if (index == AVERROR_STREAM_NOT_FOUND)
      return fail(ErrorCode::nothing_measured, kReadingSound, "the video has no sound track",
                  "film with the microphone on, or synchronize by --sync motion");
    if (index < 0 || decoder == nullptr) return no_decoder();
    for (unsigned i = 0; i < format->nb_streams; ++i) format->streams[i]->discard = AVDISCARD_ALL;
    stream_ = format->streams[index];
    stream_->discard = AVDISCARD_DEFAULT;
    codec_.reset(avcodec_alloc_context3(decoder));
    if (!codec_ || !packet_ || !frame_ || avcodec_parameters_to_context(codec_.get(), stream_->codecpar) < 0)
      return fail(ErrorCode::unreadable, kReadingSound, "there is not enough memory", "close other programs");
    codec_->opaque = &log_;
    codec_->pkt_timebase = stream_->time_base;
    codec_->thread_count = 1;
    if (avcodec_open2(codec_.get(), decoder, nullptr) < 0) return no_decoder();
    return {};
  }

  [[nodiscard]] tl::unexpected<Error> no_decoder() const {
    return fail(ErrorCode::unsupported, kReadingSound,
                with_message("there is no decoder for the video's sound", log_),
                "convert its sound to AAC, or synchronize by --sync motion");
  }

  Result<void> decode_all() {
    bool more = true;
    while (more && !(meter_ && meter_->is_full())) {
      av_packet_unref(packet_.get());
      more = av_read_frame(container_.format.get(), packet_.get()) >= 0;
      if (more && packet_->stream_index != stream_->index) continue;
      // A damaged packet is left out: its time passes without sound.
      if (avcodec_send_packet(codec_.get(), more ? packet_.get() : nullptr) < 0) continue;
      while (avcodec_receive_frame(codec_.get(), frame_.get()) >= 0)
        if (auto ok = measure(*frame_); !ok) return ok;
    }
    return {};
  }

  Result<void> measure(const AVFrame& frame) {
    if (!meter_) {
      rate_hz_ = frame.sample_rate;
      auto started = engine::SoundLevelMeter::start(Hertz{static_cast<double>(rate_hz_)});
      if (!started) return tl::unexpected(started.error());
      meter_.emplace(std::move(*started));
    }
    if (frame.sample_rate != rate_hz_)
      return fail(ErrorCode::unsupported, kReadingSound,
                  "the sound changes from " + std::to_string(rate_hz_) + " to " +
                      std::to_string(frame.sample_rate) + " samples a second",
                  "convert the video once, or synchronize by --sync motion");
    if (frame.best_effort_timestamp != AV_NOPTS_VALUE)
      next_ = Seconds{static_cast<double>(frame.best_effort_timestamp) * av_q2d(stream_->time_base)} -
              first_picture_;
    const std::vector<float> samples = one_channel(frame);
    meter_->add(next_, samples);
    next_ = next_ + Seconds{static_cast<double>(samples.size()) / rate_hz_};
    return {};
  }

  // Destroyed from the last to the first: the decoder ends before the log it writes to.
  LogSink log_;
  Container container_;
  CodecPointer codec_;
  AVStream* stream_ = nullptr;
  PacketPointer packet_{av_packet_alloc()};
  FramePointer frame_{av_frame_alloc()};
  Seconds first_picture_;
  Seconds next_{0};
  int rate_hz_ = 0;
  std::optional<engine::SoundLevelMeter> meter_;
};

}  // namespace

Result<engine::SoundLevels> read_sound_levels(const std::filesystem::path& video) {
  const auto pictures = open_video(video, {.longest_side_px = 64});
  if (!pictures) return tl::unexpected(pictures.error());
  return SoundReading{pictures->info().first_shown.value_or(Seconds{0})}.run(video);
}

}  // namespace reprise::sensing
