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
  return path_in(folder, tool.text_of(child));
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
  setup.marker_tasks.emplace();
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
    const auto applies = flag_or(element, "apply", true);
    if (!applies) return tl::unexpected(applies.error());
    if (!*applies) continue;
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
    if (*weight > 0) (marker ? *setup.marker_tasks : setup.coordinate_tasks).push_back(std::move(task));
  }
  if (!setup.marker_tasks->empty()) return {};
  return fail(ErrorCode::corrupt, kReadingSetup, "no marker has a task that applies and has a weight",
              "apply the tasks of markers, or remove the IKTaskSet to have every marker count 1");
}

Result<void> require(const fs::path& path, const char* name) {
  if (!path.empty()) return {};
  return fail(ErrorCode::corrupt, kReadingSetup, std::string{name} + " is empty",
              "name the file in the setup, or give it on the command line");
}

Result<void> read_task_file(const fs::path& path, KinematicsSetup& setup) {
  const auto text = read_file(path, kMaxSetupBytes, kReadingSetup);
  if (!text) return tl::unexpected(text.error());
  const auto tasks = element_of(*text, is_task_set, "IKTaskSet");
  if (!tasks) return tl::unexpected(tasks.error());
  return read_tasks(*tasks, setup);
}

/// The setup in a file, by one of the functions below.
template <class Setup>
Result<Setup> read_setup(const fs::path& path, Result<Setup> (*parse)(std::string_view, const fs::path&)) {
  const auto text = read_file(path, kMaxSetupBytes, kReadingSetup);
  if (!text) return tl::unexpected(text.error());
  auto setup = parse(*text, path.parent_path());
  if (!setup) return tl::unexpected(error_in_file(setup.error(), path));
  return setup;
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
  if (const XmlElement* set = tool->child("IKTaskSet"); set != nullptr) {
    setup.tasks = path_in(folder, set->attribute("file"));
    if (setup.tasks.empty()) {
      if (auto ok = read_tasks(*set, setup); !ok) return tl::unexpected(ok.error());
    } else if (auto ok = read_task_file(setup.tasks, setup); !ok) {
      return tl::unexpected(error_in_file(ok.error(), setup.tasks));
    }
  }
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
