// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "sensing/signals/opensim_forces.h"
#include "sensing/signals/signal_csv.h"
#include "sensing/signals/text_table.h"
#include "tests/fuzz/signal_checks.h"

// Any text as a table, and what follows a zero byte as its description: an error or a sound recording.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace reprise;
  std::string_view text{reinterpret_cast<const char*>(data), size};
  sensing::SignalTextOptions options;
  if (const std::size_t zero = text.find('\0'); zero != std::string_view::npos) {
    const auto description = sensing::parse_column_description(text.substr(zero + 1));
    if (description) options.description = *description;
    text = text.substr(0, zero);
  }
  for (const bool with_rate : {false, true}) {
    if (with_rate) options.rate = Hertz{100};
    const std::string_view opensim = sensing::table_of_opensim(text);
    auto recording = sensing::parse_signal_text(opensim.empty() ? text : opensim, options);
    if (recording && !opensim.empty()) sensing::describe_opensim_forces(*recording);
    if (recording) check_recording(*recording);
  }
  // Parts of a long table are read under its header (signal_parts.h).
  if (const auto header = sensing::text_table_header(text)) {
    if (*header > text.size()) std::abort();
    const std::string part = std::string{text.substr(0, *header)} + "1,2,3\n4,5,6\n";
    options.rate = Hertz{100};
    const auto recording = sensing::parse_signal_text(part, options);
    if (recording) check_recording(*recording);
  }
  return 0;
}
