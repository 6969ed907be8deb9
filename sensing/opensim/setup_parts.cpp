// SPDX-License-Identifier: Apache-2.0
#include "sensing/opensim/setup_parts.h"

#include <algorithm>
#include <cmath>

#include "sensing/files/number_text.h"
#include "sensing/opensim/xml_values.h"

namespace reprise::sensing {

namespace fs = std::filesystem;

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

Result<void> require(const fs::path& path, const char* name) {
  if (!path.empty()) return {};
  return fail(ErrorCode::corrupt, kReadingSetup, std::string{name} + " is empty",
              "name the file in the setup, or give it on the command line");
}

namespace {

bool is_task_set(std::string_view name) {
  return name == "IKTaskSet";
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

Result<void> read_task_file(const fs::path& path, KinematicsSetup& setup) {
  const auto text = read_file(path, kMaxSetupBytes, kReadingSetup);
  if (!text) return tl::unexpected(text.error());
  const auto tasks = element_of(*text, is_task_set, "IKTaskSet");
  if (!tasks) return tl::unexpected(tasks.error());
  return read_tasks(*tasks, setup);
}

}  // namespace

Result<void> read_task_set(const XmlElement& tool, const fs::path& folder, KinematicsSetup& setup) {
  const XmlElement* set = tool.child("IKTaskSet");
  if (set == nullptr) return {};
  setup.tasks = path_in(folder, set->attribute("file"));
  if (setup.tasks.empty()) return read_tasks(*set, setup);
  if (auto ok = read_task_file(setup.tasks, setup); !ok)
    return tl::unexpected(error_in_file(ok.error(), setup.tasks));
  return {};
}

}  // namespace reprise::sensing
