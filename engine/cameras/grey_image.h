// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <vector>

#include "engine/pose/image.h"

namespace reprise::engine {

/// A picture's brightness, 0 to 255, rows from the top. Positions count from the top left corner of the
/// picture: the middle of the first pixel lies at (0.5, 0.5).
struct GreyImage {
  int width = 0;
  int height = 0;
  std::vector<float> values;

  [[nodiscard]] float at(int x, int y) const {
    return values[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                  static_cast<std::size_t>(x)];
  }
  [[nodiscard]] float& at(int x, int y) {
    return values[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                  static_cast<std::size_t>(x)];
  }
  /// Whether everything within `margin` of the position lies in the picture.
  [[nodiscard]] bool holds(const Eigen::Vector2d& position, double margin) const {
    return position.x() >= margin && position.y() >= margin && position.x() <= width - margin &&
           position.y() <= height - margin;
  }
  /// The brightness between pixels. Precondition: `holds(position, 1)`.
  [[nodiscard]] double between(const Eigen::Vector2d& position) const;
};

/// Of a color picture, by the weights of ITU-R BT.601. Precondition: `is_valid`.
[[nodiscard]] GreyImage grey_of(const ImageView& picture);

/// Means of 2 x 2 pixels; an odd last row or column is left out.
[[nodiscard]] GreyImage halved(const GreyImage& image);

/// Weights 1-2-1 both ways, against noise.
[[nodiscard]] GreyImage softened(const GreyImage& image);

}  // namespace reprise::engine
