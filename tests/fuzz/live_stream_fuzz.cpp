// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "sensing/bluetooth/live_stream.h"

// A description up to the first zero, then packets, each with its length before it: an error, or finite
// values in whole samples whose numbers rise.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace reprise;
  const auto must = [](bool holds) {
    if (!holds) std::abort();
  };
  std::span<const std::uint8_t> left{data, size};
  std::size_t end = 0;
  while (end < left.size() && left[end] != 0) ++end;
  const auto description = sensing::parse_stream_description(left.subspan(0, end));
  if (!description) return 0;
  must(!description->channels.empty());
  sensing::LiveStream stream{*description};
  left = left.subspan(end);
  std::uint64_t next = 0;
  while (!left.empty()) {
    const std::size_t length = std::min<std::size_t>(left.front(), left.size() - 1);
    const auto packet = stream.take(left.subspan(1, length));
    left = left.subspan(1 + length);
    if (!packet) continue;
    must(packet->values.size() % description->channels.size() == 0 && packet->first >= next);
    next = packet->first + packet->values.size() / description->channels.size();
    for (const auto& value : packet->values) must(!value || std::isfinite(*value));
  }
  return 0;
}
