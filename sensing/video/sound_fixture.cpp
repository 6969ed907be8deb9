// SPDX-License-Identifier: Apache-2.0
#include "sensing/video/sound_fixture.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string_view>

#include "sensing/video/libav.h"

namespace reprise::sensing {
namespace {

using namespace libav;

int sound_ok(int result, const char* what) {
  if (result < 0) throw std::runtime_error(std::string{what} + ": " + error_text(result));
  return result;
}

/// A file that is written; it is closed at the end.
class SoundFile {
 public:
  explicit SoundFile(const std::filesystem::path& path) {
    sound_ok(avformat_alloc_output_context2(&file_, nullptr, nullptr, path.c_str()), "container");
    file_->flags |= AVFMT_FLAG_BITEXACT;  // the same input gives the same bytes
    sound_ok(avio_open(&file_->pb, path.c_str(), AVIO_FLAG_WRITE), "opening the file");
  }
  SoundFile(const SoundFile&) = delete;
  SoundFile& operator=(const SoundFile&) = delete;
  ~SoundFile() {
    avio_closep(&file_->pb);
    avformat_free_context(file_);
  }
  [[nodiscard]] AVFormatContext* get() const { return file_; }

 private:
  AVFormatContext* file_ = nullptr;
};

CodecPointer open_sound_encoder(const FixtureSound& sound, bool global_header) {
  const AVCodec* codec = avcodec_find_encoder_by_name(sound.encoder.c_str());
  if (codec == nullptr) throw std::runtime_error("no encoder " + sound.encoder);
  CodecPointer encoder{avcodec_alloc_context3(codec)};
  encoder->sample_rate = sound.rate_hz;
  encoder->sample_fmt = codec->sample_fmts[0];
  encoder->bit_rate = 96000;
  encoder->time_base = {1, sound.rate_hz};
  av_channel_layout_default(&encoder->ch_layout, 1);
  if (global_header) encoder->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
  sound_ok(avcodec_open2(encoder.get(), codec, nullptr), "sound encoder");
  return encoder;
}

/// Samples of one channel are laid out alike whether planar or not.
FramePointer sound_frame(const AVCodecContext& encoder, const float* samples, int count, std::int64_t pts) {
  FramePointer frame{av_frame_alloc()};
  frame->nb_samples = count;
  frame->format = encoder.sample_fmt;
  frame->sample_rate = encoder.sample_rate;
  frame->pts = pts;
  sound_ok(av_channel_layout_copy(&frame->ch_layout, &encoder.ch_layout), "channels");
  sound_ok(av_frame_get_buffer(frame.get(), 0), "sound memory");
  const AVSampleFormat packed = av_get_packed_sample_fmt(encoder.sample_fmt);
  for (int i = 0; i < count; ++i) {
    if (packed == AV_SAMPLE_FMT_FLT) {
      std::memcpy(frame->extended_data[0] + sizeof(float) * static_cast<std::size_t>(i), samples + i,
                  sizeof(float));
    } else if (packed == AV_SAMPLE_FMT_S16) {
      const auto value = static_cast<std::int16_t>(std::lround(32767 * std::clamp(samples[i], -1.0F, 1.0F)));
      std::memcpy(frame->extended_data[0] + sizeof value * static_cast<std::size_t>(i), &value, sizeof value);
    } else {
      throw std::runtime_error("a sample format that the fixture does not know");
    }
  }
  return frame;
}

/// Matroska's times of Opus count from the encoder's delay on (CodecDelay); FFmpeg 5.1 moves the pictures
/// back by it instead, and sound is 6.5 ms early.
std::int64_t delay_of(const AVCodecContext& encoder, const AVFormatContext& file) {
  const std::string_view container = file.oformat->name;
  const bool counted = container == "matroska" || container == "webm";
  return counted && encoder.codec_id == AV_CODEC_ID_OPUS ? encoder.initial_padding : 0;
}

void drain_sound(AVCodecContext& encoder, AVFormatContext& file, const AVStream& stream) {
  const PacketPointer packet{av_packet_alloc()};
  while (avcodec_receive_packet(&encoder, packet.get()) >= 0) {
    packet->pts += delay_of(encoder, file);
    packet->dts = packet->pts;
    av_packet_rescale_ts(packet.get(), encoder.time_base, stream.time_base);
    packet->stream_index = stream.index;
    sound_ok(av_interleaved_write_frame(&file, packet.get()), "writing sound");
  }
}

void encode_sound(AVCodecContext& encoder, AVFormatContext& file, const AVStream& stream,
                  const std::vector<float>& samples) {
  const int step = encoder.frame_size > 0 ? encoder.frame_size : 1024;
  const auto total = static_cast<int>(samples.size());
  for (int at = 0; at < total; at += step) {
    const auto frame = sound_frame(encoder, samples.data() + at, std::min(step, total - at), at);
    sound_ok(avcodec_send_frame(&encoder, frame.get()), "encoding sound");
    drain_sound(encoder, file, stream);
  }
  sound_ok(avcodec_send_frame(&encoder, nullptr), "ending the sound");
  drain_sound(encoder, file, stream);
}

}  // namespace

void add_sound(const std::filesystem::path& video, const std::filesystem::path& out,
               const FixtureSound& sound) {
  AVFormatContext* raw = nullptr;
  sound_ok(avformat_open_input(&raw, video.c_str(), nullptr, nullptr), "opening the video");
  const FormatPointer input{raw};
  sound_ok(avformat_find_stream_info(input.get(), nullptr), "the video's streams");
  const AVStream* const from = input->streams[0];
  const SoundFile file{out};
  AVStream* const pictures = avformat_new_stream(file.get(), nullptr);
  AVStream* const heard = avformat_new_stream(file.get(), nullptr);
  if (pictures == nullptr || heard == nullptr) throw std::runtime_error("no stream");
  sound_ok(avcodec_parameters_copy(pictures->codecpar, from->codecpar), "pictures");
  pictures->codecpar->codec_tag = 0;
  pictures->time_base = from->time_base;
  const auto encoder = open_sound_encoder(sound, (file.get()->oformat->flags & AVFMT_GLOBALHEADER) != 0);
  sound_ok(avcodec_parameters_from_context(heard->codecpar, encoder.get()), "sound");
  heard->time_base = encoder->time_base;
  av_dict_copy(&file.get()->metadata, input->metadata, 0);
  sound_ok(avformat_write_header(file.get(), nullptr), "header");
  encode_sound(*encoder, *file.get(), *heard, sound.samples);
  const PacketPointer packet{av_packet_alloc()};
  while (av_read_frame(input.get(), packet.get()) >= 0) {
    if (packet->stream_index == from->index) {
      av_packet_rescale_ts(packet.get(), from->time_base, pictures->time_base);
      packet->stream_index = pictures->index;
      packet->pos = -1;
      sound_ok(av_interleaved_write_frame(file.get(), packet.get()), "writing a picture");
    }
    av_packet_unref(packet.get());
  }
  sound_ok(av_write_trailer(file.get()), "ending the file");
}

}  // namespace reprise::sensing
