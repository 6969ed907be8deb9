// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "sensing/signals/rr_intervals_text.h"
#include "tests/fuzz/signal_checks.h"

// Any text: an error or beats in order of time.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace reprise;
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  (void)sensing::looks_like_rr_intervals(text);
  const auto recording = sensing::parse_rr_intervals(text);
  if (recording) check_recording(*recording);
  return 0;
}
