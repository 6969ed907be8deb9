// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "sensing/signals/activity_files.h"
#include "tests/fuzz/signal_checks.h"
#include "tests/support/signal_files.h"

// Any bytes as each of the formats; and as the messages of a FIT file, whose checksum would stop the fuzzer.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace reprise;
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};
  const std::string_view messages = bytes.substr(size < 14 ? 0 : 12, size < 14 ? size : size - 14);
  for (const auto& recording :
       {sensing::parse_tcx(bytes), sensing::parse_apple_health(bytes), sensing::parse_fit(bytes),
        sensing::parse_fit(fit_file(std::string{messages}))}) {
    if (recording) check_recording(*recording);
  }
  return 0;
}
