// SPDX-License-Identifier: Apache-2.0
#include "simulation/rendered/deflate.h"

#include <algorithm>
#include <boost/beast/zlib/inflate_stream.hpp>

namespace reprise::simulation::rendered {

std::optional<std::string> inflate(std::string_view bytes, std::size_t max_bytes) {
  namespace zlib = boost::beast::zlib;
  zlib::inflate_stream stream;
  zlib::z_params state{};
  state.next_in = bytes.data();
  state.avail_in = bytes.size();
  std::string out;
  constexpr std::size_t kStep = std::size_t{1} << 18U;
  while (true) {
    const std::size_t before = out.size();
    out.resize(std::min(max_bytes, before + kStep) + 1);
    state.next_out = out.data() + before;
    state.avail_out = out.size() - before;
    boost::beast::error_code problem;
    stream.write(state, zlib::Flush::none, problem);
    out.resize(out.size() - state.avail_out);
    if (out.size() > max_bytes) return std::nullopt;
    if (problem == zlib::error::end_of_stream) return out;
    if (problem || out.size() == before) return std::nullopt;  // damaged, or it ends too early
  }
}

std::optional<std::string> gunzip(std::string_view bytes, std::size_t max_bytes) {
  constexpr std::size_t kHeader = 10;
  if (bytes.size() < kHeader || bytes.substr(0, 3) != std::string_view{"\x1f\x8b\x08", 3})
    return std::nullopt;
  const auto flags = static_cast<unsigned char>(bytes[3]);
  std::size_t at = kHeader;
  if ((flags & 4U) != 0) {  // extra field
    if (bytes.size() < at + 2) return std::nullopt;
    at += 2 + static_cast<unsigned char>(bytes[at]) + 256U * static_cast<unsigned char>(bytes[at + 1]);
  }
  for (const unsigned text : {8U, 16U}) {  // name, comment
    if ((flags & text) == 0) continue;
    const std::size_t end = bytes.find('\0', std::min(at, bytes.size()));
    if (end == std::string_view::npos) return std::nullopt;
    at = end + 1;
  }
  if ((flags & 2U) != 0) at += 2;  // checksum of the header
  if (at > bytes.size()) return std::nullopt;
  return inflate(bytes.substr(at), max_bytes);
}

}  // namespace reprise::simulation::rendered
