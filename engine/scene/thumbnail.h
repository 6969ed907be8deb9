// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "engine/pose/image.h"

namespace reprise::engine {

/// A small gray picture, rows from the top.
struct Thumbnail {
  int width = 0;
  int height = 0;
  std::vector<float> gray;  ///< brightness, 0 (black) to 255

  [[nodiscard]] float at(int x, int y) const {
    return gray[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)];
  }
};

/// Returns the picture with its longer side scaled down to `longest_side` pixels, each the mean of those that
/// it covers; a smaller picture keeps its size. Brightness is the mean of red, green and blue. Preconditions:
/// `is_valid(image)`, `longest_side` above 0.
[[nodiscard]] Thumbnail thumbnail_of(const ImageView& image, int longest_side);

/// The same of a thumbnail.
[[nodiscard]] Thumbnail smaller(const Thumbnail& picture, int longest_side);

/// Returns the brightness that `share` of the pixels, 0 to 1, stay below or at. Precondition: not empty.
[[nodiscard]] double brightness_below(const Thumbnail& picture, double share);

/// Returns how sudden edges are: over pairs of pixels four apart that differ clearly, the mean share of the
/// difference that lies between two neighbors. 0.25 where edges are smooth ramps or all is one ramp, 1 where
/// they are steps, 0 for a picture without contrast.
[[nodiscard]] double sharpness(const Thumbnail& picture);

}  // namespace reprise::engine
