// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "sensing/motion_capture/c3d.h"

// Any bytes: an error or a recording whose counts agree and whose numbers are finite.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace reprise;
  const auto must = [](bool holds) {
    if (!holds) std::abort();
  };
  const auto read = sensing::parse_c3d({reinterpret_cast<const char*>(data), size});
  if (!read) return 0;
  const engine::MarkerRecording& markers = read->markers;
  must(markers.positions_m.size() == markers.names.size() * markers.times.size());
  for (std::size_t f = 1; f < markers.times.size(); ++f) must(markers.times[f] > markers.times[f - 1]);
  for (const auto& position : markers.positions_m) must(!position || position->v.allFinite());
  const sensing::AnalogRecording& analog = read->analog;
  must(analog.units.size() == analog.names.size());
  must(analog.names.empty() || analog.values.size() % analog.names.size() == 0);
  for (const auto& value : analog.values) must(!value || std::isfinite(*value));
  return 0;
}
