// SPDX-License-Identifier: Apache-2.0
#include "sensing/video/orientation.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace reprise::sensing {
namespace {

constexpr int kTile = 32;  // 32 rows of 32 pixels, twice, fit into the first cache

/// Columns of the 2x2 part that takes a stored direction to the shown one, both with y down.
struct Axes {
  int x_to_x, x_to_y, y_to_x, y_to_y;
};

Axes axes_of(const Orientation& o) {
  // Clockwise with y down: (1, 0) -> (cos, sin), (0, 1) -> (-sin, cos).
  constexpr int kCos[] = {1, 0, -1, 0};
  constexpr int kSin[] = {0, 1, 0, -1};
  const int c = kCos[o.quarter_turns];
  const int s = kSin[o.quarter_turns];
  const int m = o.mirrored ? -1 : 1;
  return {m * c, m * s, -s, c};
}

}  // namespace

Orientation orientation_from_matrix(const std::array<std::int32_t, 9>& matrix, bool& exact) {
  double a = matrix[0];
  double b = matrix[1];
  const double c = matrix[3];
  const double d = matrix[4];
  const double determinant = a * d - b * c;
  const double scale = std::sqrt(std::abs(determinant));
  if (!(scale > 0)) {
    exact = false;
    return {};
  }
  Orientation result;
  result.mirrored = determinant < 0;
  if (result.mirrored) {  // take the mirror image out of the first axis, a turn remains
    a = -a;
    b = -b;
  }
  const double turns = std::atan2(b - c, a + d) / (M_PI / 2);
  const double nearest = std::round(turns);
  result.quarter_turns = (static_cast<int>(nearest) + 4) % 4;
  constexpr double kTolerance = 0.01;  // one degree, one per cent
  exact = std::abs(turns - nearest) < kTolerance && std::abs(a - d) < kTolerance * scale &&
          std::abs(b + c) < kTolerance * scale;
  return result;
}

void make_upright(const std::uint8_t* source, std::ptrdiff_t source_stride, int width, int height,
                  const Orientation& orientation, std::uint8_t* target, std::ptrdiff_t target_stride) {
  const Axes axes = axes_of(orientation);
  // A step right or down in the target is such a step in the source (the inverse of a turn is its transpose).
  const std::ptrdiff_t step_right = axes.x_to_x * 3 + axes.y_to_x * source_stride;
  const std::ptrdiff_t step_down = axes.x_to_y * 3 + axes.y_to_y * source_stride;
  const bool from_right = axes.x_to_x < 0 || axes.x_to_y < 0;
  const bool from_bottom = axes.y_to_x < 0 || axes.y_to_y < 0;
  const std::uint8_t* const start = source + (from_right ? std::ptrdiff_t{3} * (width - 1) : 0) +
                                    (from_bottom ? source_stride * (height - 1) : 0);
  const int target_width = orientation.swaps_sides() ? height : width;
  const int target_height = orientation.swaps_sides() ? width : height;
  const bool four_at_once = source_stride > std::ptrdiff_t{3} * width;  // else the last pixel ends the memory
  for (int tile_y = 0; tile_y < target_height; tile_y += kTile) {
    for (int tile_x = 0; tile_x < target_width; tile_x += kTile) {
      const int end_y = std::min(tile_y + kTile, target_height);
      const int end_x = std::min(tile_x + kTile, target_width);
      for (int y = tile_y; y < end_y; ++y) {
        const std::uint8_t* from = start + y * step_down + tile_x * step_right;
        std::uint8_t* to = target + y * target_stride + std::ptrdiff_t{3} * tile_x;
        int x = tile_x;
        // Four bytes at once are quicker than three: the fourth is overwritten by the next pixel.
        for (; four_at_once && x + 1 < end_x; ++x, from += step_right, to += 3) std::memcpy(to, from, 4);
        for (; x < end_x; ++x, from += step_right, to += 3) std::memcpy(to, from, 3);
      }
    }
  }
}

}  // namespace reprise::sensing
