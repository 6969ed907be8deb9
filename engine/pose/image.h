#pragma once

#include <cstddef>
#include <cstdint>

namespace reprise {

/// A borrowed 8-bit picture, rows from the top. Nothing in the engine keeps one beyond the call.
struct ImageView {
  const std::uint8_t* pixels = nullptr;
  int width = 0;
  int height = 0;
  std::ptrdiff_t stride_bytes = 0;  ///< from one row to the next
  int channels = 3;                 ///< 3: RGB, 4: RGBA (alpha is ignored)
};

}  // namespace reprise
