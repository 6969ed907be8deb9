// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "sensing/signals/mat_value.h"
#include "sensing/signals/matlab_signals.h"
#include "tests/fuzz/signal_checks.h"

// Any bytes: an error or a tree, from which signals may be taken.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace reprise;
  const auto file = sensing::parse_mat({reinterpret_cast<const char*>(data), size});
  if (!file) return 0;
  for (const bool with_rate : {false, true}) {
    sensing::MatlabSignalOptions options;
    if (with_rate) options.rate = Hertz{100};
    const auto recording = sensing::signals_from_mat(*file, options);
    if (recording) check_recording(*recording);
  }
  return 0;
}
