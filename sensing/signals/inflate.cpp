// SPDX-License-Identifier: Apache-2.0
#include "sensing/signals/inflate.h"

#include <zlib.h>

#include <algorithm>

namespace reprise::sensing {
namespace {

class InflateStream {
 public:
  InflateStream() { ready_ = ::inflateInit2(&stream_, 15 + 32) == Z_OK; }  // 32: either header
  InflateStream(const InflateStream&) = delete;
  InflateStream& operator=(const InflateStream&) = delete;
  ~InflateStream() {
    if (ready_) ::inflateEnd(&stream_);
  }
  [[nodiscard]] bool ready() const { return ready_; }
  [[nodiscard]] z_stream& stream() { return stream_; }

 private:
  z_stream stream_{};
  bool ready_ = false;
};

}  // namespace

Result<std::string> inflate(std::string_view bytes, std::size_t max_bytes, std::string_view stage) {
  const auto damaged = [&] {
    return fail(ErrorCode::corrupt, std::string{stage}, "the compressed data are damaged or end too early",
                "copy the file again");
  };
  InflateStream inflater;
  if (!inflater.ready()) return damaged();
  constexpr std::size_t kStep = std::size_t{1} << 20;
  std::string out;
  z_stream& stream = inflater.stream();
  while (true) {
    if (stream.avail_in == 0 && !bytes.empty()) {
      const std::size_t taken = std::min(bytes.size(), kStep);
      // zlib's interface is not const-correct; it does not write here.
      stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
      stream.avail_in = static_cast<uInt>(taken);
      bytes.remove_prefix(taken);
    }
    const std::size_t before = out.size();
    const std::size_t room = std::min(max_bytes + 1 - before, std::max(kStep / 16, std::min(before, kStep)));
    out.resize(before + room);
    stream.next_out = reinterpret_cast<Bytef*>(out.data() + before);
    stream.avail_out = static_cast<uInt>(room);
    const int state = ::inflate(&stream, Z_NO_FLUSH);
    out.resize(out.size() - stream.avail_out);
    if (out.size() > max_bytes) {
      return fail(ErrorCode::unsupported, std::string{stage},
                  "the data have more than " + std::to_string(max_bytes) + " bytes unpacked",
                  "split the recording into shorter ones");
    }
    if (state == Z_STREAM_END) return out;
    if (state != Z_OK || (stream.avail_in == 0 && bytes.empty() && out.size() == before)) return damaged();
  }
}

}  // namespace reprise::sensing
