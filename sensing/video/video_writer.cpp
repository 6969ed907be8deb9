// SPDX-License-Identifier: Apache-2.0
#include "sensing/video/video_writer.h"

#include <cmath>

#include "sensing/video/libav_output.h"

namespace reprise::sensing {
namespace {

using namespace libav;

constexpr const char* kWritingVideo = "writing a video";
constexpr int kLongestSide = 8192;

tl::unexpected<Error> no_memory() {
  return fail(ErrorCode::unwritable, kWritingVideo, "there is not enough memory", "close other programs");
}

Result<void> check(const VideoWriterOptions& o) {
  for (const int side : {o.width, o.height}) {
    if (side <= 0 || side > kLongestSide || side % 2 != 0) {
      return fail(ErrorCode::invalid_argument, kWritingVideo,
                  "a picture of " + std::to_string(o.width) + " x " + std::to_string(o.height) + " pixels",
                  "give even sides up to " + std::to_string(kLongestSide));
    }
  }
  if (!(o.frame_rate.value() >= 1 && o.frame_rate.value() <= 240)) {
    return fail(ErrorCode::invalid_argument, kWritingVideo, "the frame rate is not from 1 to 240 Hz",
                "choose a rate like 30");
  }
  if (o.rate_factor < 0 || o.rate_factor > 51) {
    return fail(ErrorCode::invalid_argument, kWritingVideo,
                "the rate factor is " + std::to_string(o.rate_factor) + "; from 0 to 51",
                "choose a factor like 20");
  }
  return {};
}

}  // namespace

struct VideoWriter::Impl {
  std::unique_ptr<Output> output;
  FramePointer frame;
  SwsPointer converter;
  std::int64_t count = 0;
};

VideoWriter::VideoWriter(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
VideoWriter::VideoWriter(VideoWriter&&) noexcept = default;
VideoWriter& VideoWriter::operator=(VideoWriter&&) noexcept = default;
VideoWriter::~VideoWriter() = default;

Result<VideoWriter> VideoWriter::start(const VideoWriterOptions& o) {
  if (auto ok = check(o); !ok) return tl::unexpected(ok.error());
  const AVRational rate = av_d2q(o.frame_rate.value(), 100'000);
  OutputSettings settings{.container = "mp4",
                          .encoder = "libx264",
                          .width = o.width,
                          .height = o.height,
                          .time_base = {rate.den, rate.num},
                          .colorspace = AVCOL_SPC_BT709,
                          .range = AVCOL_RANGE_MPEG,
                          .transfer = AVCOL_TRC_BT709,
                          .encoder_options = {{"crf", std::to_string(o.rate_factor)}, {"preset", "fast"}},
                          .metadata = {{"title", o.title}}};
  if (o.simulated) settings.metadata.emplace_back("comment", kSimulatedVideoMark);
  settings.duration = [](std::int64_t) { return std::int64_t{1}; };
  auto output = Output::start(std::move(settings));
  if (!output) return tl::unexpected(output.error());

  auto impl = std::make_unique<Impl>();
  impl->output = std::move(*output);
  impl->frame.reset(av_frame_alloc());
  impl->converter.reset(sws_getContext(
      o.width, o.height, AV_PIX_FMT_RGB24, o.width, o.height, AV_PIX_FMT_YUV420P,
      SWS_BICUBIC | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT | SWS_BITEXACT, nullptr, nullptr, nullptr));
  if (!impl->frame || !impl->converter) return no_memory();
  const int* const matrix = sws_getCoefficients(SWS_CS_ITU709);
  sws_setColorspaceDetails(impl->converter.get(), matrix, 1, matrix, 0, 0, 1 << 16, 1 << 16);
  AVFrame& frame = *impl->frame;
  frame.width = o.width;
  frame.height = o.height;
  frame.format = AV_PIX_FMT_YUV420P;
  frame.colorspace = AVCOL_SPC_BT709;
  frame.color_range = AVCOL_RANGE_MPEG;
  frame.color_trc = AVCOL_TRC_BT709;
  if (av_frame_get_buffer(&frame, 0) < 0) return no_memory();
  return VideoWriter{std::move(impl)};
}

Result<void> VideoWriter::add(const engine::ImageView& picture) {
  AVFrame& frame = *impl_->frame;
  if (!engine::is_valid(picture) || picture.channels != 3 || picture.width != frame.width ||
      picture.height != frame.height) {
    return fail(ErrorCode::invalid_argument, kWritingVideo, "a picture has another size than the video",
                "give every picture the same size");
  }
  if (av_frame_make_writable(&frame) < 0) return no_memory();  // the encoder may still look at the last one
  const std::uint8_t* const planes[] = {picture.pixels};
  const int strides[] = {static_cast<int>(picture.stride_bytes)};
  sws_scale(impl_->converter.get(), planes, strides, 0, picture.height, frame.data, frame.linesize);
  frame.pts = impl_->count++;
  frame.pict_type = AV_PICTURE_TYPE_NONE;
  return impl_->output->add(frame);
}

Result<std::string> VideoWriter::finish() {
  return impl_->output->finish();
}

}  // namespace reprise::sensing
