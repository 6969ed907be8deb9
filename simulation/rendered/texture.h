// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace reprise::simulation::rendered {

/// A picture that is laid on a mesh: rows from the top, red, green, blue and opacity, 0 to 255.
struct Texture {
  int width = 0;
  int height = 0;
  std::vector<std::array<std::uint8_t, 4>> texels;

  /// The texel at u to the right and v upwards, 0 to 1; others repeat.
  [[nodiscard]] const std::array<std::uint8_t, 4>& at(float u, float v) const;
};

/// Parses a PNG file (8 bits a channel, RGB or RGBA, not interlaced, at most 4096 a side). `file` names it in
/// the error: corrupt, unsupported.
[[nodiscard]] Result<Texture> parse_png(std::string_view bytes, const std::string& file);

/// Reads a PNG file, with its opacity, or any other picture that FFmpeg decodes. It is halved until no side
/// is longer than `longest_side`, so that few texels lie between neighboring samples. Errors: those of
/// reading and of the format.
[[nodiscard]] Result<Texture> read_texture(const std::filesystem::path& path, int longest_side = 256);

}  // namespace reprise::simulation::rendered
