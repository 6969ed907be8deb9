// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "sensing/files/xml_tree.h"

namespace reprise::sensing {

// Values of OpenSim's XML: lists separated by blanks, "true" and "false", paths of components.

/// The words of a text.
[[nodiscard]] std::vector<std::string> words_of(std::string_view text);

/// The numbers of a child's text. Errors: corrupt (there is no such child, a word is no finite number; the
/// cause names the owner and the child).
[[nodiscard]] Result<std::vector<double>> numbers_of(const XmlElement& owner, std::string_view child);

/// One number; `otherwise` if there is no such child, or it is empty. Errors: corrupt.
[[nodiscard]] Result<double> number_or(const XmlElement& owner, std::string_view child, double otherwise);

/// Three numbers; zeros if there is no such child, or it is empty. Errors: corrupt.
[[nodiscard]] Result<Eigen::Vector3d> vector_or_zero(const XmlElement& owner, std::string_view child);

/// The child's text as "true" or "1", "false" or "0", in any case; `otherwise` if there is no such child, or
/// it is empty. Errors: corrupt (another word).
[[nodiscard]] Result<bool> flag_or(const XmlElement& owner, std::string_view child, bool otherwise);

/// Whether the element applies: not disabled, as OpenSim 3 says it, and with `child` (appliesForce,
/// isEnforced) not false, as OpenSim 4 does. Errors: corrupt.
[[nodiscard]] Result<bool> is_enabled(const XmlElement& element, std::string_view child);

/// A path of another file, as seen from a folder; backslashes separate folders as slashes do. Empty if the
/// text is empty or "Unassigned".
[[nodiscard]] std::filesystem::path path_in(const std::filesystem::path& folder, std::string_view text);

/// The element's attribute "name".
[[nodiscard]] inline std::string name_of(const XmlElement& element) {
  return std::string{element.attribute("name")};
}

/// "femur_r" of "/bodyset/femur_r".
[[nodiscard]] std::string_view last_of_path(std::string_view path);

/// The body of a Marker, by its name or path, as any version of OpenSim says it; empty if it is not said.
[[nodiscard]] std::string_view marker_frame(const XmlElement& marker);

/// What a set (BodySet, JointSet, MarkerSet) holds, or a list without the level `objects`. Empty if there is
/// no such child.
[[nodiscard]] const std::vector<XmlElement>& objects_of(const XmlElement& owner, std::string_view set);

}  // namespace reprise::sensing
