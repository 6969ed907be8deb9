// SPDX-License-Identifier: Apache-2.0
#include "wasm/worn_sensors.h"

#include <algorithm>
#include <cmath>

namespace reprise::wasm {
namespace {

/// A sensor that sends nothing for so long is silent. Unsourced default
constexpr Seconds kSilentAfter{1};
/// The end of a range is told of for so long. Unsourced default
constexpr Seconds kSaturatedFor{1};
constexpr const char* kConnecting = "connecting a sensor";

}  // namespace

std::string_view name(WornProblem problem) {
  constexpr std::array<std::string_view, 8> kNames = {"silent",      "saturated", "detached", "hold_still",
                                                      "implausible", "zero_off",  "unfelt",   "delayed"};
  return kNames[static_cast<std::size_t>(problem)];
}

Result<void> WornSensors::connect(std::size_t sensor, std::span<const std::uint8_t> description) {
  const auto read = sensing::parse_stream_description(description);
  if (!read) return tl::unexpected(read.error());
  const std::string& wanted = places_[sensor];
  const bool fits = read->place.empty() || read->place == wanted ||
                    (wanted.find('_') == std::string::npos && read->place.starts_with(wanted + "_"));
  if (!fits) {
    return fail(ErrorCode::unsupported, kConnecting, "the sensor says that it is worn at " + read->place,
                "connect the one for " + wanted + ", or set the sensor's place");
  }
  if (auto ok = check(*read); !ok) return tl::unexpected(ok.error());
  if (const auto other = other_connected(sensor)) {
    const double rate = device(*other).stream->description().rate.value();
    if (std::abs(read->rate.value() - rate) > 0.01 * rate) {
      return fail(ErrorCode::unsupported, kConnecting, "the two sensors have different rates",
                  "set both to the same number of samples a second");
    }
  }
  devices_[sensor].stream.emplace(*read);
  begin(sensor, false);
  return {};
}

std::optional<std::size_t> WornSensors::other_connected(std::size_t sensor) const {
  const std::size_t other = 1 - sensor;
  return devices_[other].stream ? std::optional{other} : std::nullopt;
}

Result<void> WornSensors::take(std::size_t sensor, std::span<const std::uint8_t> packet, Seconds came) {
  Device& device = devices_[sensor];
  if (!device.stream) {
    return fail(ErrorCode::invalid_argument, "taking a sensor's samples", "it was not connected",
                "give its description first");
  }
  const auto read = device.stream->take(packet);
  if (!read) return tl::unexpected(read.error());
  counts_.lost += read->lost;
  counts_.doubled += read->doubled;
  if (read->restarted) begin(sensor, true);
  const std::size_t channels = device.stream->description().channels.size();
  const std::size_t count = read->values.size() / channels;
  if (count > 0) device.packet = static_cast<double>(count) * period(device.stream->description().rate);
  // Neither packets that had come before nor numbers that are all missing break the silence.
  for (std::size_t i = 0; i < read->values.size(); ++i) {
    if (!uses(sensor, i % channels)) continue;
    if (read->values[i] || read->ends[i] != 0) device.came = came;
    if (read->ends[i] != 0) device.saturated = came;
  }
  const std::span values{read->values};
  const std::span ends{read->ends};
  for (std::size_t i = 0; i < count; ++i) {
    sample(sensor, {read->first + i, values.subspan(i * channels, channels),
                    ends.subspan(i * channels, channels), came});
  }
  return {};
}

WornState WornSensors::look(Seconds now) {
  WornState state;
  look_on(now, state);
  for (std::size_t i = 0; i < sensors(); ++i) {
    if (now - devices_[i].came > kSilentAfter) {
      state.problem = WornProblem::silent;
      state.sensor = i;
      break;
    }
    if (now - devices_[i].saturated < kSaturatedFor) {
      state.problem = WornProblem::saturated;
      state.sensor = i;
    }
  }
  // A pause of the sensors is said as such, never bridged: one moment without a value tells the coach.
  if (state.problem == WornProblem::silent && state.step == "tracking" && state.moments.empty())
    state.moments.push_back({now, std::nullopt});
  return state;
}

}  // namespace reprise::wasm
