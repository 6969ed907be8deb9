// SPDX-License-Identifier: Apache-2.0
#include "sensing/video/container.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

namespace reprise::sensing::libav {
namespace {

constexpr const char* kOpening = "opening a video";

// Sound formats are listed so that the error can name them, "sound only".
constexpr std::array<std::string_view, 38> kContainers = {
    "mov",      "matroska",     "avi",       "mpegts",   "mpeg",      "mpegvideo", "ogg",       "flv",
    "asf",      "yuv4mpegpipe", "h264",      "hevc",     "m4v",       "ivf",       "dv",        "gif",
    "apng",     "mjpeg",        "jpeg_pipe", "png_pipe", "webp_pipe", "bmp_pipe",  "tiff_pipe", "jpegls_pipe",
    "j2k_pipe", "gif_pipe",     "nut",       "mxf",      "rm",        "wav",       "mp3",       "flac",
    "aac",      "ac3",          "amr",       "aiff",     "w64",       "au"};

/// Formats have several short names, "mov,mp4,m4a".
bool is_known_container(std::string_view names) {
  return std::find(kContainers.begin(), kContainers.end(), names.substr(0, names.find(','))) !=
         kContainers.end();
}

/// Refuses any other file that FFmpeg would open while it reads ours.
int refuse_to_open(AVFormatContext* /*format*/, AVIOContext** /*context*/, const char* /*url*/, int /*flags*/,
                   AVDictionary** /*options*/) {
  return AVERROR(EPERM);
}

}  // namespace

std::string with_message(std::string cause, const LogSink& log) {
  const std::string message = log.last();
  return message.empty() ? cause : cause + " (decoder: " + message + ")";
}

Result<Container> open_container(const std::filesystem::path& path, const LogSink& log,
                                 std::int64_t most_pixels) {
  auto opened = FileInput::open(path);
  if (!opened) return tl::unexpected(opened.error());
  const std::unique_ptr<FileInput>& input = *opened;
  const std::string name = "'" + path.filename().string() + "'";

  // Only the content decides the format: an empty name hides the file's ending.
  const AVInputFormat* kind = nullptr;
  const int probed = av_probe_input_buffer2(input->context(), &kind, "", nullptr, 0, 0);
  if (probed < 0 || kind == nullptr || !is_known_container(kind->name)) {
    return fail(ErrorCode::unsupported, kOpening, name + " is not a video or photo that can be read",
                "name a video, for instance MP4, MOV, WebM or AVI");
  }
  AVFormatContext* raw = avformat_alloc_context();
  if (raw == nullptr)
    return fail(ErrorCode::unreadable, kOpening, "there is not enough memory", "close other programs");
  raw->pb = input->context();
  raw->flags |= AVFMT_FLAG_CUSTOM_IO;
  raw->io_open = &refuse_to_open;
  const int error = avformat_open_input(&raw, "", kind, nullptr);  // frees `raw` where it fails
  if (error < 0) {
    const std::string brand = input->brand();
    if (brand == "heic" || brand == "heix" || brand == "mif1") {
      return fail(ErrorCode::unsupported, kOpening,
                  name + " is a photo in the HEIC format, which cannot be read", "export the photo as JPEG");
    }
    if (log.mentions("moov atom not found")) {
      return fail(
          ErrorCode::unreadable, kOpening,
          name + " ends before its index (moov atom): it was cut off, or its recording was never finished",
          "copy or export it again from the device that recorded it");
    }
    return fail(ErrorCode::unreadable, kOpening,
                with_message(name + " cannot be opened: " + error_text(error), log),
                "play it in a video player to see whether it is whole; export it again");
  }
  FormatPointer format{raw};

  // Looking for missing facts decodes a little; with the same limit as the real decoder.
  std::vector<AVDictionary*> limits(format->nb_streams, nullptr);
  for (AVDictionary*& limit : limits) {
    av_dict_set_int(&limit, "max_pixels", most_pixels, 0);
    av_dict_set_int(&limit, "threads", 1, 0);
  }
  (void)avformat_find_stream_info(format.get(), limits.empty() ? nullptr : limits.data());
  for (AVDictionary*& limit : limits) av_dict_free(&limit);
  return Container{std::move(*opened), std::move(format)};
}

}  // namespace reprise::sensing::libav
