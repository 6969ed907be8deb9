// SPDX-License-Identifier: Apache-2.0
#include "sensing/signals/opensim_forces.h"

#include <string>

#include "base/text.h"

namespace reprise::sensing {
namespace {

struct ForceColumn {
  std::string_view end;
  const char* meaning;
  const char* unit;
};

// OpenSim's usual labels of external loads.
constexpr ForceColumn kForceColumns[] = {
    {"force_vx", "force_ap", "N"},   {"force_vy", "force_v", "N"},
    {"force_vz", "force_ml", "N"},   {"force_px", "center_of_pressure_ap", "m"},
    {"force_py", "position_v", "m"}, {"force_pz", "center_of_pressure_ml", "m"},
    {"torque_x", "moment_x", "N.m"}, {"torque_y", "moment_y", "N.m"},
    {"torque_z", "moment_z", "N.m"},
};

}  // namespace

std::string_view table_of_opensim(std::string_view text) {
  constexpr std::string_view kEnd = "\nendheader";
  const std::size_t end = text.substr(0, 4096).find(kEnd);
  if (end == std::string_view::npos) return {};
  const std::size_t line = text.find('\n', end + kEnd.size());
  return line == std::string_view::npos ? std::string_view{} : text.substr(line + 1);
}

void describe_opensim_forces(SignalRecording& recording) {
  recording.format = "OpenSim";
  for (SignalGroup& group : recording.groups) {
    for (SignalChannel& channel : group.channels) {
      if (!channel.meaning.empty()) continue;
      const std::string name = lower_case(channel.name);
      for (const ForceColumn& column : kForceColumns) {
        if (!name.ends_with(column.end)) continue;
        channel.meaning = column.meaning;
        if (channel.unit.empty()) channel.unit = column.unit;
        if (channel.sensor.empty()) channel.sensor = channel.name.substr(0, name.rfind('_'));
      }
    }
  }
}

}  // namespace reprise::sensing
