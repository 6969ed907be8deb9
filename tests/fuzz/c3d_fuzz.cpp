// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "sensing/signals/c3d_signals.h"
#include "sensing/signals/typed_signals.h"

// Any bytes: an error or a recording whose counts agree and whose numbers are finite, and so are its signals.
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
  const auto signals = sensing::signals_from_c3d(*read);
  if (!signals) return 0;
  std::size_t values = 0;
  for (const sensing::SignalGroup& group : signals->groups) {
    values += group.size() * group.channels.size();
    for (const sensing::SignalChannel& channel : group.channels) {
      must(channel.values.size() == group.size());
      for (const double value : channel.values) must(std::isfinite(value));
      std::size_t end = 0;
      for (const engine::SampleRange& gap : channel.missing) {
        must(gap.begin >= end && gap.begin < gap.end && gap.end <= group.size());
        end = gap.end + 1;
      }
    }
  }
  must(values <= analog.values.size());  // plates multiply no samples
  (void)sensing::force_plate(*signals);
  return 0;
}
