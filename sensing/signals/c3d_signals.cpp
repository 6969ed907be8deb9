// SPDX-License-Identifier: Apache-2.0
#include "sensing/signals/c3d_signals.h"

#include <algorithm>
#include <set>

#include "sensing/signals/signal_unit.h"

namespace reprise::sensing {
namespace {

/// Appends a value, or one that is missing.
void append(SignalChannel& channel, const std::optional<double>& value) {
  const std::size_t at = channel.values.size();
  channel.values.push_back(value.value_or(0));
  if (value) return;
  if (!channel.missing.empty() && channel.missing.back().end == at) {
    ++channel.missing.back().end;
  } else {
    channel.missing.push_back({at, at + 1});
  }
}

std::span<const std::optional<double>> sample_of(const AnalogRecording& analog, std::size_t i) {
  return std::span{analog.values}.subspan(i * analog.names.size(), analog.names.size());
}

/// The laboratory's axis that a plate's normal is nearest to.
Eigen::Index vertical_of(const C3dForcePlate& plate) {
  Eigen::Index axis = 2;
  plate.axes().col(2).cwiseAbs().maxCoeff(&axis);
  return axis;
}

SignalGroup plate_group(const AnalogRecording& analog, const C3dForcePlate& plate, std::size_t number) {
  const std::string n = std::to_string(number);
  SignalGroup group{"Force plate " + n, *analog.rate, Seconds{0}, {}};
  group.channels = {{"force_vertical_" + n, "N", "", "force_v", {}},
                    {"center_of_pressure_x_" + n, "m", "", "center_of_pressure_x", {}},
                    {"center_of_pressure_y_" + n, "m", "", "center_of_pressure_y", {}}};
  const Eigen::Index up = vertical_of(plate);
  const Eigen::Index first = up == 0 ? 1 : 0;
  const Eigen::Index second = up == 2 ? 1 : 2;
  for (std::size_t i = 0; i < analog.samples(); ++i) {
    const auto load = load_on(plate, sample_of(analog, i));
    const bool pressed = load && load->center_m;
    append(group.channels[0], load ? std::optional{load->force_n[up]} : std::nullopt);
    append(group.channels[1], pressed ? std::optional{(*load->center_m)[first]} : std::nullopt);
    append(group.channels[2], pressed ? std::optional{(*load->center_m)[second]} : std::nullopt);
  }
  return group;
}

SignalGroup other_channels(const C3dRecording& recording) {
  const AnalogRecording& analog = recording.analog;
  std::set<std::size_t> of_plates;
  for (const C3dForcePlate& plate : recording.plates)
    of_plates.insert(plate.channels.begin(), plate.channels.end());
  SignalGroup group{"analog", *analog.rate, Seconds{0}, {}};
  for (std::size_t c = 0; c < analog.names.size(); ++c) {
    if (of_plates.contains(c)) continue;
    SignalChannel channel{analog.names[c], ucum_unit(analog.units[c]).value_or(""), "", "", {}};
    for (std::size_t i = 0; i < analog.samples(); ++i) append(channel, sample_of(analog, i)[c]);
    group.channels.push_back(std::move(channel));
  }
  return group;
}

}  // namespace

Result<SignalRecording> signals_from_c3d(const C3dRecording& recording) {
  if (recording.analog.samples() == 0 || !recording.analog.rate) {
    return fail(ErrorCode::nothing_measured, "reading the signals of a C3D file",
                "the file holds markers and no analog channels",
                "use `reprise angles` for markers, or export the analog channels with them");
  }
  SignalRecording out;
  out.format = "C3D";
  for (std::size_t p = 0; p < recording.plates.size(); ++p)
    out.groups.push_back(plate_group(recording.analog, recording.plates[p], p + 1));
  if (SignalGroup others = other_channels(recording); !others.channels.empty())
    out.groups.push_back(std::move(others));
  for (const std::string& warning : recording.markers.warnings) out.findings.push_back({"c3d", warning, ""});
  return out;
}

}  // namespace reprise::sensing
