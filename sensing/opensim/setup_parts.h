// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string_view>

#include "base/result.h"
#include "sensing/files/file_io.h"
#include "sensing/files/xml_tree.h"
#include "sensing/opensim/tool_setup.h"

namespace reprise::sensing {

// What the setups of OpenSim's tools have in common.

inline constexpr const char* kReadingSetup = "reading an OpenSim setup";
inline constexpr std::size_t kMaxSetupBytes = std::size_t{16} << 20;

/// The first element of a kind at the root of a document, or one level below it. Errors: those of
/// `parse_xml`, unsupported (there is none; `what` names it).
[[nodiscard]] Result<XmlElement> element_of(std::string_view text, bool (*wanted)(std::string_view),
                                            const char* what);

/// The path in a child's text, as seen from the setup's folder; empty if there is none.
[[nodiscard]] std::filesystem::path path_of(const XmlElement& tool, std::string_view child,
                                            const std::filesystem::path& folder);

/// The path of an output, in the tool's results_directory, with an ending; empty if there is none.
[[nodiscard]] std::filesystem::path output_of(const XmlElement& tool, std::string_view child,
                                              const std::filesystem::path& folder, const char* ending);

/// The child time_range; all times if there is none. Errors: corrupt.
[[nodiscard]] Result<TimeRange> range_of(const XmlElement& tool);

/// Refuses a path that is empty (corrupt).
[[nodiscard]] Result<void> require(const std::filesystem::path& path, const char* name);

/// Reads the tool's IKTaskSet, in the setup or in a file of its own, if there is one. Errors: as of
/// `parse_kinematics_setup`.
[[nodiscard]] Result<void> read_task_set(const XmlElement& tool, const std::filesystem::path& folder,
                                         KinematicsSetup& setup);

/// The setup in a file, by a function that parses it; errors name the file.
template <class Setup>
[[nodiscard]] Result<Setup> read_setup(const std::filesystem::path& path,
                                       Result<Setup> (*parse)(std::string_view,
                                                              const std::filesystem::path&)) {
  const auto text = read_file(path, kMaxSetupBytes, kReadingSetup);
  if (!text) return tl::unexpected(text.error());
  auto setup = parse(*text, path.parent_path());
  if (!setup) return tl::unexpected(error_in_file(setup.error(), path));
  return setup;
}

}  // namespace reprise::sensing
