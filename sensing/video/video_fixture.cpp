// SPDX-License-Identifier: Apache-2.0
#include "sensing/video/video_fixture.h"

extern "C" {
#include <libavutil/display.h>
#include <libavutil/imgutils.h>
#include <libavutil/pixdesc.h>
}

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fstream>
#include <stdexcept>
#include <type_traits>

#include "sensing/video/libav_output.h"

namespace reprise::sensing {
namespace {

using namespace libav;

int check(int result, const char* what) {
  if (result < 0) throw std::runtime_error(std::string{what} + ": " + error_text(result));
  return result;
}

template <class T>
T or_throw(Result<T> result) {
  if (!result) throw std::runtime_error(to_string(result.error()));
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

bool is_full(const FixtureVideo& video) {
  return video.range == AVCOL_RANGE_JPEG || video.format == AV_PIX_FMT_YUVJ420P ||
         video.format == AV_PIX_FMT_YUVJ444P;
}

/// ITU-R BT.601-7 (section 2.5), BT.709-6 (section 3) and BT.2020-2 (table 4): luma weights of red and blue.
std::pair<double, double> luma_weights(AVColorSpace colorspace) {
  if (colorspace == AVCOL_SPC_BT709) return {0.2126, 0.0722};
  if (colorspace == AVCOL_SPC_BT2020_NCL) return {0.2627, 0.0593};
  return {0.299, 0.114};
}

/// The code values of a color in the components of a pixel format.
std::array<std::uint16_t, 3> codes(const Color& color, const FixtureVideo& video,
                                   const AVPixFmtDescriptor& format) {
  const int depth = format.comp[0].depth;
  const double largest = (1 << depth) - 1;
  const double unit = 1 << (depth - 8);  // limited range counts in 8-bit steps
  const auto code = [&](double value) {
    return static_cast<std::uint16_t>(std::clamp(std::lround(value), 0L, static_cast<long>(largest)));
  };
  const double r = color.red / 255;
  const double g = color.green / 255;
  const double b = color.blue / 255;
  if ((format.flags & AV_PIX_FMT_FLAG_RGB) != 0)
    return {code(r * largest), code(g * largest), code(b * largest)};
  const auto [kr, kb] = luma_weights(video.colorspace);
  const double y = kr * r + (1 - kr - kb) * g + kb * b;
  const double cb = (b - y) / (2 * (1 - kb));
  const double cr = (r - y) / (2 * (1 - kr));
  if (is_full(video) || format.nb_components == 1) {
    const double half = 128 * unit;
    return {code(y * largest), code(half + cb * largest), code(half + cr * largest)};
  }
  return {code(unit * (16 + 219 * y)), code(unit * (128 + 224 * cb)), code(unit * (128 + 224 * cr))};
}

void paint_frame(AVFrame& frame, int number, const FixtureVideo& video) {
  const AVPixFmtDescriptor& format = *av_pix_fmt_desc_get(video.format);
  // FFmpeg's line writer adds bits to the existing content.
  for (int i = 0; i < AV_NUM_DATA_POINTERS && frame.buf[i] != nullptr; ++i) {
    std::memset(frame.buf[i]->data, 0, frame.buf[i]->size);
  }
  const int components = std::min<int>(format.nb_components, 3);
  for (int c = 0; c < components; ++c) {
    const bool chroma = c > 0 && (format.flags & AV_PIX_FMT_FLAG_RGB) == 0;
    const int shift_x = chroma ? format.log2_chroma_w : 0;
    const int shift_y = chroma ? format.log2_chroma_h : 0;
    const int width = AV_CEIL_RSHIFT(frame.width, shift_x);
    const int height = AV_CEIL_RSHIFT(frame.height, shift_y);
    std::vector<std::uint16_t> line(static_cast<std::size_t>(width));
    for (int y = 0; y < height; ++y) {
      for (int x = 0; x < width; ++x) {
        const int px = x << shift_x;
        const int py = y << shift_y;
        const Color color =
            video.paint ? video.paint(number, px, py) : quarters(px, py, frame.width, frame.height);
        line[static_cast<std::size_t>(x)] = codes(color, video, format)[static_cast<std::size_t>(c)];
      }
      av_write_image_line2(line.data(), frame.data, frame.linesize, &format, 0, y, c, width, 2);
    }
  }
}

AVStream* add_sound(AVFormatContext& output, int rate_hz) {
  AVStream* stream = avformat_new_stream(&output, nullptr);
  if (stream == nullptr) throw std::runtime_error("no stream");
  AVCodecParameters& parameters = *stream->codecpar;
  parameters.codec_type = AVMEDIA_TYPE_AUDIO;
  parameters.codec_id = AV_CODEC_ID_PCM_S16LE;
  parameters.sample_rate = rate_hz;
  parameters.format = AV_SAMPLE_FMT_S16;
  parameters.bits_per_coded_sample = 16;
  parameters.block_align = 2;
  av_channel_layout_default(&parameters.ch_layout, 1);
  stream->time_base = {1, rate_hz};
  return stream;
}

/// Half a second of silence, or the samples given.
void write_sound(AVFormatContext& output, const AVStream& stream, const FixtureVideo& video) {
  std::vector<float> samples = video.sound;
  if (samples.empty()) samples.resize(static_cast<std::size_t>(video.sound_hz / 2), 0.0F);
  const PacketPointer packet{av_packet_alloc()};
  check(av_new_packet(packet.get(), static_cast<int>(2 * samples.size())), "sound packet");
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const auto value = static_cast<std::int16_t>(std::lround(32767 * std::clamp(samples[i], -1.0F, 1.0F)));
    std::memcpy(packet->data + 2 * i, &value, 2);
  }
  packet->stream_index = stream.index;
  packet->pts = packet->dts = 0;
  packet->duration =
      av_rescale_q(static_cast<std::int64_t>(samples.size()), {1, video.sound_hz}, stream.time_base);
  check(av_interleaved_write_frame(&output, packet.get()), "writing sound");
}

/// Returns how long a picture lasts in ms: until the next; the last as long as the one before it.
std::int64_t length_ms(const FixtureVideo& video, std::int64_t time_ms) {
  const auto& times = video.times_ms;
  const auto next = std::upper_bound(times.begin(), times.end(), time_ms);
  if (next != times.end()) return *next - time_ms;
  return times.size() > 1 ? times.back() - times[times.size() - 2] : 40;
}

void set_matrix(AVStream& stream, const FixtureVideo& video) {
  if (!video.rotate_clockwise_deg && !video.mirror) return;
  auto* matrix = reinterpret_cast<std::int32_t*>(
      av_stream_new_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, 9 * sizeof(std::int32_t)));
  // Written out, so that FFmpeg's own helper is not compared with itself: (x, y) -> (ax + cy, bx + dy), y
  // down.
  const double angle = video.rotate_clockwise_deg.value_or(0) * M_PI / 180;
  const double m = video.mirror ? -1 : 1;
  const auto fixed = [](double value) { return static_cast<std::int32_t>(std::lround(value * 65536)); };
  const std::int32_t values[9] = {fixed(m * std::cos(angle)),
                                  fixed(m * std::sin(angle)),
                                  0,
                                  fixed(-std::sin(angle)),
                                  fixed(std::cos(angle)),
                                  0,
                                  0,
                                  0,
                                  1 << 30};
  std::memcpy(matrix, values, sizeof values);
}

}  // namespace

Color quarters(int x, int y, int width, int height) {
  const bool right = x >= width / 2;
  const bool bottom = y >= height / 2;
  if (right && bottom) return {255, 255, 255};
  return {right || bottom ? 0.0 : 255.0, right ? 255.0 : 0.0, bottom ? 255.0 : 0.0};
}

void write_video(const std::filesystem::path& path, const FixtureVideo& video) {
  const AVOutputFormat* container = av_guess_format(nullptr, path.c_str(), nullptr);
  if (container == nullptr) throw std::runtime_error("no container for " + path.string());
  const bool opens_its_files = (container->flags & AVFMT_NOFILE) != 0;  // photos
  OutputSettings settings{.container = opens_its_files ? "image2pipe" : container->name,
                          .encoder = video.encoder,
                          .format = video.format,
                          .width = video.width,
                          .height = video.height,
                          .colorspace = video.colorspace,
                          .range = video.range,
                          .transfer = video.transfer,
                          .pixel_aspect = video.pixel_aspect,
                          .quantiser = 2,
                          .encoder_options = video.encoder_options,
                          .container_options = video.container_options,
                          .metadata = video.metadata};
  settings.duration = [&](std::int64_t time_ms) { return length_ms(video, time_ms); };
  AVStream* sound = nullptr;
  settings.adjust = [&](AVFormatContext& file, AVStream* pictures) {
    if (pictures != nullptr && video.is_cover) pictures->disposition |= AV_DISPOSITION_ATTACHED_PIC;
    if (pictures != nullptr) set_matrix(*pictures, video);
    if (video.with_sound) sound = add_sound(file, video.sound_hz);
  };
  const auto output = or_throw(Output::start(std::move(settings)));
  if (sound != nullptr) write_sound(output->file(), *sound, video);
  for (std::size_t i = 0; !video.encoder.empty() && i < video.times_ms.size(); ++i) {
    const FramePointer frame = make_frame(video, static_cast<int>(i));
    frame->pts = video.times_ms[i];
    or_throw(output->add(*frame));
  }
  std::ofstream file{path, std::ios::binary};
  file << or_throw(output->finish());
  if (!file) throw std::runtime_error("cannot write " + path.string());
}

FramePointer make_frame(const FixtureVideo& video, int number) {
  FramePointer frame{av_frame_alloc()};
  frame->width = video.width;
  frame->height = video.height;
  frame->format = video.format;
  frame->colorspace = video.colorspace;
  frame->color_range = video.range;
  frame->color_trc = video.transfer;
  check(av_frame_get_buffer(frame.get(), 0), "picture memory");
  paint_frame(*frame, number, video);
  return frame;
}

Color pixel(const engine::ImageView& image, int x, int y) {
  const std::uint8_t* const p = image.pixels + y * image.stride_bytes + std::ptrdiff_t{3} * x;
  return {static_cast<double>(p[0]), static_cast<double>(p[1]), static_cast<double>(p[2])};
}

double difference(const Color& a, const Color& b) {
  return (std::abs(a.red - b.red) + std::abs(a.green - b.green) + std::abs(a.blue - b.blue)) / 3;
}

}  // namespace reprise::sensing
