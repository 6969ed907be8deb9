// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "sensing/signals/wfdb.h"
#include "tests/fuzz/signal_checks.h"

// A header, and after a zero byte the bytes of its signal file, which are read as annotations, too.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace reprise;
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};
  const std::size_t zero = std::min(bytes.find('\0'), bytes.size());
  const std::string_view content = bytes.substr(std::min(bytes.size(), zero + 1));
  sensing::SignalRecording recording;
  const auto header = sensing::parse_wfdb_header(bytes.substr(0, zero));
  const Hertz rate = header ? header->rate : Hertz{250};
  if (header) {
    auto channels =
        sensing::decode_wfdb_signals(content, header->signals, header->samples, recording.findings);
    if (channels && !channels->empty())
      recording.groups.push_back({"", rate, Seconds{0}, std::move(*channels)});
  }
  auto annotations = sensing::parse_wfdb_annotations(content, rate);
  if (annotations) recording.annotations = std::move(*annotations);
  check_recording(recording);
  return 0;
}
