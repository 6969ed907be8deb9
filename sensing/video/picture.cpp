// SPDX-License-Identifier: Apache-2.0
#include "sensing/video/picture.h"

extern "C" {
#include <libavutil/pixdesc.h>
}

#include <algorithm>
#include <cmath>
#include <string>

namespace reprise::sensing::libav {
namespace {

/// FFmpeg's vector code writes whole blocks; rows end with room for them.
std::ptrdiff_t padded_stride(int width) {
  return (std::ptrdiff_t{3} * width + 127) / 64 * 64;
}

void make_room(std::vector<std::uint8_t>& pixels, std::ptrdiff_t stride, int height) {
  const auto needed = static_cast<std::size_t>(stride) * static_cast<std::size_t>(height) + 64;
  if (pixels.size() < needed) pixels.resize(needed);
}

bool is_full_range(const AVFrame& frame) {
  switch (frame.format) {
    case AV_PIX_FMT_YUVJ411P:
    case AV_PIX_FMT_YUVJ420P:
    case AV_PIX_FMT_YUVJ422P:
    case AV_PIX_FMT_YUVJ440P:
    case AV_PIX_FMT_YUVJ444P: return true;
    default: break;
  }
  if (frame.color_range != AVCOL_RANGE_UNSPECIFIED) return frame.color_range == AVCOL_RANGE_JPEG;
  const AVPixFmtDescriptor* format = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(frame.format));
  return format != nullptr && format->nb_components == 1;  // pictures in gray use every value
}

int matrix_of(const AVFrame& frame) {
  switch (frame.colorspace) {
    case AVCOL_SPC_BT709: return SWS_CS_ITU709;
    case AVCOL_SPC_FCC: return SWS_CS_FCC;
    case AVCOL_SPC_SMPTE240M: return SWS_CS_SMPTE240M;
    case AVCOL_SPC_BT2020_NCL:
    case AVCOL_SPC_BT2020_CL: return SWS_CS_BT2020;
    case AVCOL_SPC_BT470BG:
    case AVCOL_SPC_SMPTE170M: return SWS_CS_ITU601;
    default: break;
  }
  if (is_full_range(frame)) return SWS_CS_ITU601;  // JPEG and its relatives (JFIF)
  return std::min(frame.width, frame.height) >= 720 ? SWS_CS_ITU709 : SWS_CS_ITU601;
}

}  // namespace

PictureLayout layout_of(int stored_width, int stored_height, AVRational pixel_aspect,
                        const Orientation& orientation, int longest_side_px) {
  double aspect = pixel_aspect.num > 0 && pixel_aspect.den > 0 ? av_q2d(pixel_aspect) : 1;
  if (!(aspect >= 0.25 && aspect <= 4)) aspect = 1;
  const auto rounded = [](double side) { return std::max(1, static_cast<int>(std::lround(side))); };
  PictureLayout layout;
  layout.orientation = orientation;
  layout.stored_width = stored_width;
  layout.stored_height = stored_height;
  // Square pixels by stretching one side, so that no detail is lost.
  layout.shown_width = aspect > 1 ? rounded(stored_width * aspect) : stored_width;
  layout.shown_height = aspect < 1 ? rounded(stored_height / aspect) : stored_height;
  if (orientation.swaps_sides()) std::swap(layout.shown_width, layout.shown_height);
  const double scale =
      std::min(1.0, static_cast<double>(longest_side_px) / std::max(layout.shown_width, layout.shown_height));
  layout.width = rounded(layout.shown_width * scale);
  layout.height = rounded(layout.shown_height * scale);
  return layout;
}

bool PictureConverter::prepare(const AVFrame& frame, int width, int height) {
  const Key key{frame.width, frame.height, frame.format, width, height, frame.colorspace, frame.color_range};
  if (scaler_ && key == key_) return true;
  if (sws_isSupportedInput(static_cast<AVPixelFormat>(frame.format)) == 0) return false;
  const bool same_size = width == frame.width && height == frame.height;
  // Averaging over areas keeps thin limbs whole where the picture shrinks.
  const int method = same_size ? SWS_BILINEAR : SWS_AREA;
  scaler_.reset(sws_getContext(frame.width, frame.height, static_cast<AVPixelFormat>(frame.format), width,
                               height, AV_PIX_FMT_RGB24, method, nullptr, nullptr, nullptr));
  if (!scaler_) return false;
  // Fails for pictures that are RGB already, which is right.
  (void)sws_setColorspaceDetails(scaler_.get(), sws_getCoefficients(matrix_of(frame)),
                                 is_full_range(frame) ? 1 : 0, sws_getCoefficients(SWS_CS_DEFAULT), 1, 0,
                                 1 << 16, 1 << 16);
  key_ = key;
  return true;
}

Result<engine::ImageView> PictureConverter::convert(const AVFrame& frame, const PictureLayout& layout,
                                                    std::vector<std::uint8_t>& pixels) {
  const Orientation& orientation = layout.orientation;
  const int unturned_width = orientation.swaps_sides() ? layout.height : layout.width;
  const int unturned_height = orientation.swaps_sides() ? layout.width : layout.height;
  const auto format_name = [&] {
    const char* name = av_get_pix_fmt_name(static_cast<AVPixelFormat>(frame.format));
    return std::string{name != nullptr ? name : "unknown"};
  };
  const auto cannot = [&] {
    return fail(ErrorCode::unsupported, "video decoding",
                "pictures of the pixel format '" + format_name() + "' cannot be converted",
                "convert the video to H.264 in an MP4 file");
  };
  if (!prepare(frame, unturned_width, unturned_height)) return cannot();

  const bool turn = !orientation.is_identity();
  std::vector<std::uint8_t>& scaled = turn ? unturned_ : pixels;
  const std::ptrdiff_t scaled_stride = padded_stride(unturned_width);
  make_room(scaled, scaled_stride, unturned_height);
  std::uint8_t* const planes[4] = {scaled.data(), nullptr, nullptr, nullptr};
  const int strides[4] = {static_cast<int>(scaled_stride), 0, 0, 0};
  if (sws_scale(scaler_.get(), frame.data, frame.linesize, 0, frame.height, planes, strides) !=
      unturned_height) {
    return cannot();
  }
  engine::ImageView view{scaled.data(), unturned_width, unturned_height, scaled_stride, 3};
  if (turn) {
    const std::ptrdiff_t stride = padded_stride(layout.width);
    make_room(pixels, stride, layout.height);
    make_upright(scaled.data(), scaled_stride, unturned_width, unturned_height, orientation, pixels.data(),
                 stride);
    view = {pixels.data(), layout.width, layout.height, stride, 3};
  }
  return view;
}

}  // namespace reprise::sensing::libav
