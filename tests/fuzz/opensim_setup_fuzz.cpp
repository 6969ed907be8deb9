// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "sensing/opensim/external_loads.h"
#include "sensing/opensim/model_scaling.h"
#include "sensing/opensim/scale_setup.h"
#include "sensing/opensim/tool_setup.h"

namespace {

using namespace reprise;

engine::MultibodyModel one_body() {
  engine::MultibodyModel model;
  model.bodies = {{.name = "ground"}, {.name = "foot"}};
  model.joints = {{.name = "weld", .parent = 0, .child = 1}};
  return model;
}

template <class Setup>
void check_setup(const Result<Setup>& setup) {
  if (!setup && (setup.error().cause.empty() || setup.error().remedy.empty())) std::abort();
  if (setup && !(setup->range.from <= setup->range.to)) std::abort();
}

}  // namespace

// Any bytes as a setup of one of the tools, as a set of markers, and as external loads of a model with one
// body and one force.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const auto kinematics = sensing::parse_kinematics_setup(text, "/nowhere");
  check_setup(kinematics);
  if (kinematics) {
    if (kinematics->marker_tasks && kinematics->marker_tasks->empty()) std::abort();
    for (const auto& task : kinematics->marker_tasks.value_or(std::vector<sensing::KinematicsTask>{})) {
      if (!(task.weight > 0)) std::abort();
    }
  }
  check_setup(sensing::parse_dynamics_setup(text, "/nowhere"));
  const auto scaling = sensing::parse_scale_setup(text, "/nowhere");
  check_setup(scaling);
  if (scaling) {
    if (scaling->mass_kg && !(*scaling->mass_kg > 0)) std::abort();
    for (const auto& measurement : scaling->measurements)
      if (measurement.pairs.empty() || measurement.bodies.empty()) std::abort();
    for (const auto& scale : scaling->manual)
      if (!(scale.factors.minCoeff() > 0)) std::abort();
  }
  const auto markers = sensing::parse_marker_set(text);
  if (!markers && (markers.error().cause.empty() || markers.error().remedy.empty())) std::abort();
  for (const auto& marker : markers.value_or(std::vector<sensing::PlacedMarker>{}))
    if (marker.name.empty() || marker.body.empty() || !marker.position_m.allFinite()) std::abort();

  static const engine::MultibodyModel model = one_body();
  static const auto table = *sensing::timed_table(
      *sensing::parse_storage("f\nendheader\ntime\tf_x\tf_y\tf_z\n0\t1\t2\t3\n1\t4\t5\t6\n"), "f.sto");
  const auto root = sensing::parse_xml(text);
  if (!root) return 0;
  const auto loads = sensing::parse_external_loads(*root, table, model);
  if (!loads) return 0;
  engine::MultibodyKinematics placed{model};
  placed.place({});
  for (const auto& force : sensing::external_forces_at(loads->loads, Seconds{0.5}, placed)) {
    if (force.body >= model.bodies.size() || !force.force_n.allFinite()) std::abort();
  }
  return 0;
}
