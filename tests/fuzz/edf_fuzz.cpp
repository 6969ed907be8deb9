// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "sensing/signals/edf.h"
#include "tests/fuzz/signal_checks.h"

// Any bytes: an error or a sound recording.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace reprise;
  const auto recording = sensing::parse_edf({reinterpret_cast<const char*>(data), size});
  if (recording) check_recording(*recording);
  return 0;
}
