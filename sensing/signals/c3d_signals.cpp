// SPDX-License-Identifier: Apache-2.0
#include "sensing/signals/c3d_signals.h"

#include <algorithm>
#include <set>

#include "sensing/files/signal_unit.h"

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

/// The horizontal axes of one whose vertical is `up`.
struct FloorAxes {
  Eigen::Index forward;  ///< that the person is taken to face along
  Eigen::Index lateral;
  double right;  ///< the sign of the lateral axis that makes the right of that person positive
};

// Axes are right-handed: +y lies to the left of one who faces +x with z up, +z to the right with y up.
FloorAxes floor_axes(Eigen::Index up) {
  if (up == 1) return {0, 2, 1};
  return up == 2 ? FloorAxes{0, 1, -1} : FloorAxes{1, 2, -1};
}

SignalFinding facing_assumed(Eigen::Index up) {
  constexpr const char* kNames = "xyz";
  const FloorAxes axes = floor_axes(up);
  return {"facing_assumed",
          std::string{"The person was taken to face along the laboratory's +"} + kNames[axes.forward] +
              ", with the right at " + (axes.right > 0 ? "+" : "-") + kNames[axes.lateral] + ".",
          "Facing the other way, front and back and left and right are swapped; facing across, front and "
          "side."};
}

SignalGroup plate_group(const AnalogRecording& analog, const C3dForcePlate& plate) {
  const std::string n = std::to_string(plate.number);
  SignalGroup group{"Force plate " + n, *analog.rate, Seconds{0}, {}};
  group.channels = {{"force_vertical_" + n, "N", "", "force_v", {}},
                    {"center_of_pressure_ap_" + n, "m", "", "center_of_pressure_ap", {}},
                    {"center_of_pressure_ml_" + n, "m", "", "center_of_pressure_ml", {}}};
  const Eigen::Index up = vertical_of(plate);
  const FloorAxes axes = floor_axes(up);
  for (std::size_t i = 0; i < analog.samples(); ++i) {
    const auto load = load_on(plate, sample_of(analog, i));
    const bool pressed = load && load->center_m;
    append(group.channels[0], load ? std::optional{load->force_n[up]} : std::nullopt);
    append(group.channels[1], pressed ? std::optional{(*load->center_m)[axes.forward]} : std::nullopt);
    append(group.channels[2],
           pressed ? std::optional{axes.right * (*load->center_m)[axes.lateral]} : std::nullopt);
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
    SignalChannel channel{analog.names[c], ucum_unit(analog.units[c]).value_or(analog.units[c]), "", "", {}};
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
  for (const C3dForcePlate& plate : recording.plates)
    out.groups.push_back(plate_group(recording.analog, plate));
  if (!recording.plates.empty())
    out.findings.push_back(facing_assumed(vertical_of(recording.plates.front())));
  if (SignalGroup others = other_channels(recording); !others.channels.empty())
    out.groups.push_back(std::move(others));
  for (const std::string& warning : recording.markers.warnings) out.findings.push_back({"c3d", warning, ""});
  return out;
}

}  // namespace reprise::sensing
