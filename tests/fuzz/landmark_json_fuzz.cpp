// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "sensing/landmarks/landmark_json.h"
#include "tests/fuzz/landmark_checks.h"

// Any bytes: an error or a recording that keeps its promises and can be written and read again. A zero byte
// parts the pixels from a second document with meters.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace reprise;
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};
  const std::size_t zero = bytes.find('\0');
  const bool two = zero != std::string_view::npos;
  const auto recording = sensing::parse_landmark_json(
      bytes.substr(0, zero), {.rate = Hertz{30}}, two ? std::optional{bytes.substr(zero + 1)} : std::nullopt);
  if (!recording) return 0;
  check_promises(*recording);
  const auto again = sensing::parse_landmark_json(sensing::to_landmark_json(*recording));
  if (!again || again->frames.size() != recording->frames.size()) std::abort();
  check_promises(*again);
  return 0;
}
