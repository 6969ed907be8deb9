// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

namespace reprise::engine {

/// A borrowed 8-bit picture, rows from the top. Nothing in the engine keeps one beyond the call.
struct ImageView {
  const std::uint8_t* pixels = nullptr;
  int width = 0;
  int height = 0;
  std::ptrdiff_t stride_bytes = 0;  ///< from one row to the next
  int channels = 3;                 ///< 3: RGB, 4: RGBA (alpha is ignored)
};

/// True where there is a picture: pixels, a size, 3 or 4 channels, and rows that do not overlap.
[[nodiscard]] inline bool is_valid(const ImageView& image) {
  return image.pixels != nullptr && image.width > 0 && image.height > 0 &&
         (image.channels == 3 || image.channels == 4) &&
         image.stride_bytes >= static_cast<std::ptrdiff_t>(image.width) * image.channels;
}

}  // namespace reprise::engine
