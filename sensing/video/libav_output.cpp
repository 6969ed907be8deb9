// SPDX-License-Identifier: Apache-2.0
#include "sensing/video/libav_output.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <new>

namespace reprise::sensing::libav {
namespace {

class Dictionary {
 public:
  explicit Dictionary(const OutputSettings::Texts& texts) {
    for (const auto& [key, value] : texts) av_dict_set(&entries_, key.c_str(), value.c_str(), 0);
  }
  Dictionary(const Dictionary&) = delete;
  Dictionary& operator=(const Dictionary&) = delete;
  ~Dictionary() { av_dict_free(&entries_); }
  [[nodiscard]] AVDictionary** get() { return &entries_; }
  [[nodiscard]] AVDictionary* release() { return std::exchange(entries_, nullptr); }

 private:
  AVDictionary* entries_ = nullptr;
};

}  // namespace

tl::unexpected<Error> Output::failure(ErrorCode code, const std::string& what) const {
  const std::string said = log_.last();
  return fail(code, "writing a video", said.empty() ? what : what + " (encoder: " + said + ")",
              code == ErrorCode::unsupported ? "install Debian's libavcodec59 with its encoders"
                                             : "ask for a shorter video, or close other programs");
}

Result<std::unique_ptr<Output>> Output::start(OutputSettings settings) {
  std::unique_ptr<Output> output{new Output{std::move(settings)}};
  const LogSink::Scope scope{output->log_};
  if (auto opened = output->open(); !opened) return tl::unexpected(opened.error());
  return output;
}

Output::~Output() {
  if (file_ == nullptr) return;
  if (file_->pb != nullptr) {
    av_freep(&file_->pb->buffer);
    avio_context_free(&file_->pb);
  }
  avformat_free_context(file_);
}

// FFmpeg's own files in memory lose parts of an AVI's header when it goes back to complete it.
int Output::write(void* self, std::uint8_t* bytes, int size) {
  auto& output = *static_cast<Output*>(self);
  const auto count = static_cast<std::size_t>(size);
  try {
    if (output.bytes_.size() < output.position_ + count) output.bytes_.resize(output.position_ + count);
  } catch (const std::bad_alloc&) {  // FFmpeg is C: nothing may be thrown through it
    return AVERROR(ENOMEM);
  }
  std::memcpy(output.bytes_.data() + output.position_, bytes, count);
  output.position_ += count;
  return size;
}

std::int64_t Output::seek(void* self, std::int64_t offset, int whence) {
  auto& output = *static_cast<Output*>(self);
  const auto size = static_cast<std::int64_t>(output.bytes_.size());
  switch (whence & ~AVSEEK_FORCE) {
    case AVSEEK_SIZE: return size;
    case SEEK_SET: break;
    case SEEK_CUR: offset += static_cast<std::int64_t>(output.position_); break;
    case SEEK_END: offset += size; break;
    default: return AVERROR(EINVAL);
  }
  constexpr std::int64_t kMostBytes = std::int64_t{4} << 30;
  if (offset < 0 || offset > kMostBytes) return AVERROR(EINVAL);
  output.position_ = static_cast<std::size_t>(offset);
  return offset;
}

Result<void> Output::open() {
  if (avformat_alloc_output_context2(&file_, nullptr, settings_.container.c_str(), nullptr) < 0)
    return failure(ErrorCode::unsupported, "FFmpeg cannot write " + settings_.container);
  file_->strict_std_compliance = FF_COMPLIANCE_UNOFFICIAL;
  file_->flags |= AVFMT_FLAG_BITEXACT;  // no version of the library in the file
  if (!settings_.encoder.empty()) {
    if (auto opened = open_encoder(); !opened) return opened;
  }
  constexpr int kBufferBytes = 64 << 10;
  auto* buffer = static_cast<unsigned char*>(av_malloc(kBufferBytes));
  file_->pb = avio_alloc_context(buffer, kBufferBytes, 1, this, nullptr, &Output::write, &Output::seek);
  if (buffer == nullptr || file_->pb == nullptr)
    return failure(ErrorCode::unwritable, "there is not enough memory");
  file_->flags |= AVFMT_FLAG_CUSTOM_IO;
  return write_header();
}

Result<void> Output::open_encoder() {
  const AVCodec* codec = avcodec_find_encoder_by_name(settings_.encoder.c_str());
  if (codec == nullptr) return failure(ErrorCode::unsupported, "FFmpeg has no encoder " + settings_.encoder);
  encoder_.reset(avcodec_alloc_context3(codec));
  stream_ = avformat_new_stream(file_, nullptr);
  if (!encoder_ || stream_ == nullptr) return failure(ErrorCode::unwritable, "there is not enough memory");
  encoder_->opaque = &log_;
  encoder_->width = settings_.width;
  encoder_->height = settings_.height;
  encoder_->pix_fmt = settings_.format;
  encoder_->time_base = settings_.time_base;
  encoder_->colorspace = settings_.colorspace;
  encoder_->color_range = settings_.range;
  encoder_->color_trc = settings_.transfer;
  encoder_->sample_aspect_ratio = settings_.pixel_aspect;
  encoder_->thread_count = 1;
  encoder_->strict_std_compliance = FF_COMPLIANCE_UNOFFICIAL;
  if (settings_.quantiser) {
    encoder_->flags |= AV_CODEC_FLAG_QSCALE;
    encoder_->global_quality = FF_QP2LAMBDA * *settings_.quantiser;
  }
  if ((file_->oformat->flags & AVFMT_GLOBALHEADER) != 0) encoder_->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
  Dictionary options{settings_.encoder_options};
  const int opened = avcodec_open2(encoder_.get(), codec, options.get());
  if (opened < 0 || avcodec_parameters_from_context(stream_->codecpar, encoder_.get()) < 0)
    return failure(ErrorCode::unsupported, settings_.encoder + " refuses the picture: " + error_text(opened));
  stream_->time_base = encoder_->time_base;
  stream_->sample_aspect_ratio = settings_.pixel_aspect;
  return {};
}

Result<void> Output::write_header() {
  Dictionary metadata{settings_.metadata};
  file_->metadata = metadata.release();
  if (settings_.adjust) settings_.adjust(*file_, stream_);
  Dictionary options{settings_.container_options};
  const int written = avformat_write_header(file_, options.get());
  if (written < 0) return failure(ErrorCode::unsupported, "no header: " + error_text(written));
  return {};
}

Result<void> Output::drain() {
  const PacketPointer packet{av_packet_alloc()};
  while (true) {
    const int received = avcodec_receive_packet(encoder_.get(), packet.get());
    if (received == AVERROR(EAGAIN) || received == AVERROR_EOF) return {};
    if (received < 0) return failure(ErrorCode::unwritable, "encoding: " + error_text(received));
    if (settings_.duration) packet->duration = settings_.duration(packet->pts);
    av_packet_rescale_ts(packet.get(), encoder_->time_base, stream_->time_base);
    packet->stream_index = stream_->index;
    const int written = av_interleaved_write_frame(file_, packet.get());
    if (written < 0) return failure(ErrorCode::unwritable, "writing a picture: " + error_text(written));
  }
}

Result<void> Output::add(AVFrame& frame) {
  const LogSink::Scope scope{log_};
  if (settings_.quantiser) frame.quality = encoder_->global_quality;
  any_ = true;
  const int sent = avcodec_send_frame(encoder_.get(), &frame);
  if (sent < 0) return failure(ErrorCode::unwritable, "encoding: " + error_text(sent));
  return drain();
}

Result<std::string> Output::finish() {
  const LogSink::Scope scope{log_};
  if (any_) {  // an encoder that never got a picture has nothing to end
    const int sent = avcodec_send_frame(encoder_.get(), nullptr);
    if (sent < 0) return failure(ErrorCode::unwritable, "ending the encoder: " + error_text(sent));
    if (auto drained = drain(); !drained) return tl::unexpected(drained.error());
  }
  const int ended = av_write_trailer(file_);
  if (ended < 0) return failure(ErrorCode::unwritable, "ending the file: " + error_text(ended));
  avio_flush(file_->pb);
  return std::move(bytes_);
}

}  // namespace reprise::sensing::libav
