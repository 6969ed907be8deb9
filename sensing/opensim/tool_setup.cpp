// SPDX-License-Identifier: Apache-2.0
#include "sensing/opensim/tool_setup.h"

#include <algorithm>
#include <cmath>

#include "sensing/files/file_io.h"
#include "sensing/files/number_text.h"
#include "sensing/opensim/xml_values.h"

namespace reprise::sensing {
namespace {

namespace fs = std::filesystem;

constexpr const char* kReadingSetup = "reading an OpenSim setup";
constexpr std::size_t kMaxSetupBytes = std::size_t{16} << 20;

/// Names of the tools; the misspelled one stands in files of OpenSim 2.
bool is_kinematics_tool(std::string_view name) {
  return name == "InverseKinematicsTool" || name == "InverseKinemtaticsTool";
}
bool is_dynamics_tool(std::string_view name) {
  return name == "InverseDynamicsTool";
}
bool is_task_set(std::string_view name) {
  return name == "IKTaskSet";
}

/// The first element of a kind at the root of a document, or one level below it.
Result<XmlElement> element_of(std::string_view text, bool (*wanted)(std::string_view), const char* what) {
  auto root = parse_xml(text);
  if (!root) return root;
  if (wanted(root->name)) return root;
  const auto found = std::find_if(root->children.begin(), root->children.end(),
                                  [&](const XmlElement& child) { return wanted(child.name); });
  if (found != root->children.end()) return std::move(*found);
  return fail(ErrorCode::unsupported, kReadingSetup, std::string{"the file holds no "} + what,
              "give a setup of that tool");
}

/// The path in a child's text, as seen from the setup's folder; empty if there is none.
fs::path path_of(const XmlElement& tool, std::string_view child, const fs::path& folder) {
  const std::string_view text = tool.text_of(child);
  if (text.empty() || text == "Unassigned") return {};
  std::string portable{text};
  std::replace(portable.begin(), portable.end(), '\\', '/');
  return (folder / portable).lexically_normal();
}

fs::path output_of(const XmlElement& tool, std::string_view child, const fs::path& folder,
                   const char* ending) {
  fs::path name = path_of(tool, child, {});
  if (name.empty()) return {};
  if (!name.has_extension()) name += ending;
  return (folder / path_of(tool, "results_directory", {}) / name).lexically_normal();
}

Result<TimeRange> range_of(const XmlElement& tool) {
  if (tool.text_of("time_range").empty()) return TimeRange{};
  // "-Inf Inf" stands for all.
  const auto words = words_of(tool.text_of("time_range"));
  const auto number = [&](std::size_t i) { return i < words.size() ? parse_number(words[i]) : std::nullopt; };
  if (words.size() != 2 || !number(0) || !number(1) || !(*number(0) <= *number(1))) {
    return fail(ErrorCode::corrupt, kReadingSetup,
                "time_range is '" + shown(tool.text_of("time_range")) + "'; expected begin and end",
                "give two numbers that rise");
  }
  return TimeRange{Seconds{*number(0)}, Seconds{*number(1)}};
}

Result<void> read_tasks(const XmlElement& set, KinematicsSetup& setup) {
  const XmlElement* objects = set.child("objects");
  for (const XmlElement& element : (objects == nullptr ? set : *objects).children) {
    const bool marker = element.name == "IKMarkerTask";
    if (!marker && element.name != "IKCoordinateTask") {
      if (element.name == "groups") continue;
      return fail(
          ErrorCode::unsupported, kReadingSetup,
          "the task " + shown(element.name) + " '" + shown(element.attribute("name")) + "' is not known",
          "use IKMarkerTask and IKCoordinateTask");
    }
    if (!flag_or(element, "apply", true)) continue;
    KinematicsTask task{.name = name_of(element)};
    const auto weight = number_or(element, "weight", 1);
    if (!weight) return tl::unexpected(weight.error());
    if (!(*weight >= 0)) {
      return fail(ErrorCode::corrupt, kReadingSetup, "the weight of '" + shown(task.name) + "' is negative",
                  "give a weight of 0 or more");
    }
    task.weight = *weight;
    const auto value = number_or(element, "value", 0);
    if (!value) return tl::unexpected(value.error());
    task.manual_value = *value;
    const std::string_view type = element.text_of("value_type");
    using Wanted = KinematicsTask::Wanted;
    task.wanted = type == "manual_value" ? Wanted::manual
                                         : (type == "default_value" ? Wanted::initial : Wanted::from_file);
    if (*weight > 0) (marker ? setup.marker_tasks : setup.coordinate_tasks).push_back(std::move(task));
  }
  return {};
}

Result<void> require(const fs::path& path, const char* name) {
  if (!path.empty()) return {};
  return fail(ErrorCode::corrupt, kReadingSetup, std::string{name} + " is empty",
              "name the file in the setup, or give it on the command line");
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
  setup.report_errors = flag_or(*tool, "report_errors", true);
  if (auto ok = require(setup.markers, "marker_file"); !ok) return tl::unexpected(ok.error());
  const auto range = range_of(*tool);
  if (!range) return tl::unexpected(range.error());
  setup.range = *range;
  if (const XmlElement* set = tool->child("IKTaskSet"); set != nullptr) {
    const fs::path file{std::string{set->attribute("file")}};
    if (file.empty()) {
      if (auto ok = read_tasks(*set, setup); !ok) return tl::unexpected(ok.error());
    } else {
      const auto tasks_text = read_file(folder / file, kMaxSetupBytes, kReadingSetup);
      if (!tasks_text) return tl::unexpected(tasks_text.error());
      const auto tasks = element_of(*tasks_text, is_task_set, "IKTaskSet");
      if (!tasks) return tl::unexpected(tasks.error());
      if (auto ok = read_tasks(*tasks, setup); !ok) return tl::unexpected(ok.error());
    }
  }
  return setup;
}

Result<KinematicsSetup> read_kinematics_setup(const fs::path& path) {
  const auto text = read_file(path, kMaxSetupBytes, kReadingSetup);
  if (!text) return tl::unexpected(text.error());
  return parse_kinematics_setup(*text, path.parent_path());
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
  if (!tool->text_of("coordinates_in_degrees").empty())
    setup.in_degrees = flag_or(*tool, "coordinates_in_degrees", true);
  if (auto ok = require(setup.coordinates, "coordinates_file"); !ok) return tl::unexpected(ok.error());
  const auto cutoff = number_or(*tool, "lowpass_cutoff_frequency_for_coordinates", -1);
  if (!cutoff) return tl::unexpected(cutoff.error());
  if (*cutoff > 0) setup.cutoff = Hertz{*cutoff};
  const auto range = range_of(*tool);
  if (!range) return tl::unexpected(range.error());
  setup.range = *range;
  return setup;
}

Result<DynamicsSetup> read_dynamics_setup(const fs::path& path) {
  const auto text = read_file(path, kMaxSetupBytes, kReadingSetup);
  if (!text) return tl::unexpected(text.error());
  return parse_dynamics_setup(*text, path.parent_path());
}

}  // namespace reprise::sensing
