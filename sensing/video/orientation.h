// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace reprise::sensing {

/// How a stored picture becomes an upright one: mirrored left to right first where `mirrored`, then turned
/// clockwise by `quarter_turns` (0 to 3).
struct Orientation {
  int quarter_turns = 0;
  bool mirrored = false;

  [[nodiscard]] bool is_identity() const { return quarter_turns == 0 && !mirrored; }
  [[nodiscard]] bool swaps_sides() const { return quarter_turns % 2 == 1; }
};

/// The orientation nearest to a display matrix as containers keep it (nine fixed-point numbers, row by row,
/// that take a stored point (x, y, 1) as a row to the shown one). `exact` is cleared where the matrix is not
/// one of the eight orientations (another angle, a skew, nothing at all).
[[nodiscard]] Orientation orientation_from_matrix(const std::array<std::int32_t, 9>& matrix, bool& exact);

/// Copies 8-bit RGB pixels into an upright picture. `width`, `height`: of the source. The target is height x
/// width where `swaps_sides()`. Strides are in bytes, and every row of the source, the last too, is as long
/// as its stride. Source and target must not overlap.
void make_upright(const std::uint8_t* source, std::ptrdiff_t source_stride, int width, int height,
                  const Orientation& orientation, std::uint8_t* target, std::ptrdiff_t target_stride);

}  // namespace reprise::sensing
