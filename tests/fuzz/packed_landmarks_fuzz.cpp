// SPDX-License-Identifier: Apache-2.0
// Recorded movement of any bytes: refused, or read as what can be packed and read again.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "engine/pose/packed_landmarks.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace reprise;
  const auto read = engine::unpack_landmarks({reinterpret_cast<const char*>(data), size});
  if (!read) return 0;
  for (std::size_t i = 1; i < read->frames.size(); ++i) {
    if (!(read->frames[i].time > read->frames[i - 1].time)) std::abort();
  }
  const auto again = engine::unpack_landmarks(engine::pack_landmarks(*read));
  if (!again || again->frames.size() != read->frames.size()) std::abort();
  return 0;
}
