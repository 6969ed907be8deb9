// SPDX-License-Identifier: Apache-2.0
#include "tests/support/sample_person.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libswscale/swscale.h>
}

#include <array>
#include <memory>

namespace reprise {
namespace {

constexpr const char* kSheet = REPRISE_SOURCE_DIR "/node_modules/@vladmandic/human/assets/samples.jpg";
// The fourth photo of the top row: a woman standing, whole body, alone.
constexpr int kPersonX = 546;
constexpr int kPersonWidth = 87;
constexpr int kPersonHeight = 157;

struct Free {
  void operator()(AVFormatContext* file) const { avformat_close_input(&file); }
  void operator()(AVCodecContext* decoder) const { avcodec_free_context(&decoder); }
  void operator()(AVPacket* packet) const { av_packet_free(&packet); }
  void operator()(AVFrame* frame) const { av_frame_free(&frame); }
  void operator()(SwsContext* scaler) const { sws_freeContext(scaler); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

/// The only picture of a file; empty where it cannot be had.
Owned<AVFrame> decode_picture(const char* path) {
  AVFormatContext* opened = nullptr;
  if (avformat_open_input(&opened, path, nullptr, nullptr) < 0) return nullptr;
  const Owned<AVFormatContext> file(opened);
  if (avformat_find_stream_info(file.get(), nullptr) < 0 || file->nb_streams != 1) return nullptr;
  const AVCodecParameters* parameters = file->streams[0]->codecpar;
  const AVCodec* codec = avcodec_find_decoder(parameters->codec_id);
  const Owned<AVCodecContext> decoder(avcodec_alloc_context3(codec));
  if (avcodec_parameters_to_context(decoder.get(), parameters) < 0) return nullptr;
  if (avcodec_open2(decoder.get(), codec, nullptr) < 0) return nullptr;
  const Owned<AVPacket> packet(av_packet_alloc());
  if (av_read_frame(file.get(), packet.get()) < 0) return nullptr;
  if (avcodec_send_packet(decoder.get(), packet.get()) < 0) return nullptr;
  Owned<AVFrame> frame(av_frame_alloc());
  return avcodec_receive_frame(decoder.get(), frame.get()) < 0 ? nullptr : std::move(frame);
}

/// Rows of RGB with room behind each: some of libswscale's fast paths write whole vectors past a row's end.
class RoomyPicture {
 public:
  RoomyPicture(int width, int height)
      : stride_((width + 64) * 3),
        bytes_(static_cast<std::size_t>(stride_) * static_cast<std::size_t>(height)) {}
  [[nodiscard]] std::uint8_t* row(int y) { return bytes_.data() + static_cast<std::ptrdiff_t>(y) * stride_; }
  [[nodiscard]] int stride() const { return stride_; }

 private:
  int stride_;
  std::vector<std::uint8_t> bytes_;
};

struct Source {
  const std::uint8_t* const* planes;
  const int* strides;
  int width;
  int height;
  AVPixelFormat format;
};

bool scale(const Source& from, std::uint8_t* to, int to_stride, int width, int height) {
  const Owned<SwsContext> scaler(sws_getContext(from.width, from.height, from.format, width, height,
                                                AV_PIX_FMT_RGB24, SWS_BICUBIC, nullptr, nullptr, nullptr));
  const std::array<std::uint8_t*, 4> planes = {to};
  const std::array<int, 4> strides = {to_stride};
  return scaler && sws_scale(scaler.get(), from.planes, from.strides, 0, from.height, planes.data(),
                             strides.data()) == height;
}

}  // namespace

std::optional<std::vector<std::uint8_t>> sample_person(int side) {
  av_log_set_level(AV_LOG_ERROR);
  const Owned<AVFrame> sheet = decode_picture(kSheet);
  if (!sheet || sheet->width < kPersonX + kPersonWidth || sheet->height < kPersonHeight) return std::nullopt;
  RoomyPicture colors(sheet->width, sheet->height);
  const Source whole = {sheet->data, sheet->linesize, sheet->width, sheet->height,
                        static_cast<AVPixelFormat>(sheet->format)};
  if (!scale(whole, colors.row(0), colors.stride(), sheet->width, sheet->height)) return std::nullopt;

  const std::array<std::uint8_t*, 4> planes = {colors.row(0) + kPersonX * 3};
  const std::array<int, 4> strides = {colors.stride()};
  const Source person = {planes.data(), strides.data(), kPersonWidth, kPersonHeight, AV_PIX_FMT_RGB24};
  RoomyPicture square(side, side);
  const int width = side * kPersonWidth / kPersonHeight;
  if (!scale(person, square.row(0) + (side - width) / 2 * 3, square.stride(), width, side))
    return std::nullopt;
  std::vector<std::uint8_t> rgb;
  for (int y = 0; y < side; ++y) rgb.insert(rgb.end(), square.row(y), square.row(y) + side * 3);
  return rgb;
}

std::vector<float> to_network_input(const std::vector<std::uint8_t>& rgb, float low, float high) {
  std::vector<float> input;
  input.reserve(rgb.size());
  for (const std::uint8_t value : rgb)
    input.push_back(low + (high - low) * static_cast<float>(value) / 255.0f);
  return input;
}

}  // namespace reprise
