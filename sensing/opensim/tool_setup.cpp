// SPDX-License-Identifier: Apache-2.0
#include "sensing/opensim/tool_setup.h"

#include "sensing/opensim/setup_parts.h"
#include "sensing/opensim/xml_values.h"

namespace reprise::sensing {
namespace {

namespace fs = std::filesystem;

/// Names of the tools; the misspelled one stands in files of OpenSim 2.
bool is_kinematics_tool(std::string_view name) {
  return name == "InverseKinematicsTool" || name == "InverseKinemtaticsTool";
}
bool is_dynamics_tool(std::string_view name) {
  return name == "InverseDynamicsTool";
}

}  // namespace

Result<KinematicsSetup> parse_kinematics_setup(std::string_view text, const fs::path& folder) {
  const auto tool = element_of(text, is_kinematics_tool, "InverseKinematicsTool");
  if (!tool) return tl::unexpected(tool.error());
  const fs::path inputs = folder / path_of(*tool, "input_directory", {});
  KinematicsSetup setup;
  setup.model = path_of(*tool, "model_file", folder);
  setup.markers = path_of(*tool, "marker_file", inputs);
  setup.coordinates = path_of(*tool, "coordinate_file", inputs);
  setup.output = output_of(*tool, "output_motion_file", folder, ".mot");
  const auto report = flag_or(*tool, "report_errors", true);
  if (!report) return tl::unexpected(report.error());
  setup.report_errors = *report;
  if (auto ok = require(setup.markers, "marker_file"); !ok) return tl::unexpected(ok.error());
  const auto range = range_of(*tool);
  if (!range) return tl::unexpected(range.error());
  setup.range = *range;
  if (auto ok = read_task_set(*tool, folder, setup); !ok) return tl::unexpected(ok.error());
  return setup;
}

Result<DynamicsSetup> parse_dynamics_setup(std::string_view text, const fs::path& folder) {
  const auto tool = element_of(text, is_dynamics_tool, "InverseDynamicsTool");
  if (!tool) return tl::unexpected(tool.error());
  const fs::path inputs = folder / path_of(*tool, "input_directory", {});
  DynamicsSetup setup;
  setup.model = path_of(*tool, "model_file", folder);
  setup.coordinates = path_of(*tool, "coordinates_file", inputs);
  setup.external_loads = path_of(*tool, "external_loads_file", inputs);
  setup.output = output_of(*tool, "output_gen_force_file", folder, ".sto");
  setup.excluded_forces = words_of(tool->text_of("forces_to_exclude"));
  if (!tool->text_of("coordinates_in_degrees").empty()) {
    const auto degrees = flag_or(*tool, "coordinates_in_degrees", true);
    if (!degrees) return tl::unexpected(degrees.error());
    setup.in_degrees = *degrees;
  }
  if (auto ok = require(setup.coordinates, "coordinates_file"); !ok) return tl::unexpected(ok.error());
  const auto cutoff = number_or(*tool, "lowpass_cutoff_frequency_for_coordinates", -1);
  if (!cutoff) return tl::unexpected(cutoff.error());
  if (*cutoff > 0) setup.cutoff = Hertz{*cutoff};
  const auto range = range_of(*tool);
  if (!range) return tl::unexpected(range.error());
  setup.range = *range;
  return setup;
}

Result<KinematicsSetup> read_kinematics_setup(const fs::path& path) {
  return read_setup(path, &parse_kinematics_setup);
}

Result<DynamicsSetup> read_dynamics_setup(const fs::path& path) {
  return read_setup(path, &parse_dynamics_setup);
}

}  // namespace reprise::sensing
