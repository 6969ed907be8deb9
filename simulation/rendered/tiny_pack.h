// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

// For tests only.
namespace reprise::simulation::rendered {

/// Bytes as a gzip file that stores them without compression.
[[nodiscard]] std::string gzipped(std::string_view bytes);

/// A PNG file of 2 x 2 pixels, RGBA: red, green, blue, and a transparent one.
[[nodiscard]] std::string tiny_png();

/// Writes a pack: a person of tetrahedra, one at each joint, who stands with the arms half raised, with
/// morphs that move nothing and clothes of one triangle. Decimeters: hips 8.3 above the ankles, stature 17.
void write_tiny_pack(const std::filesystem::path& folder);

}  // namespace reprise::simulation::rendered
