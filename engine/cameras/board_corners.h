// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "engine/cameras/grey_image.h"

namespace reprise::engine {

/// A point at which two dark and two bright squares meet.
struct BoardCorner {
  Eigen::Vector2d position;
  /// Directions of the four edges that leave it, radians from x towards y, rising within one turn.
  std::array<double, 4> edges = {};
  bool first_is_dark = false;  ///< the sector between the first two edges; then they take turns
};

/// Finds such points: those with the strongest response after Bennett and Lasenby (ChESS, 2014; here with a
/// ring of 16 pixels whose places are rounded), at most `kMostBoardCorners`, whose surroundings
/// change four times between dark and bright. Positions to a fraction of a pixel.
[[nodiscard]] std::vector<BoardCorner> board_corners(const GreyImage& image);

inline constexpr std::size_t kMostBoardCorners = 800;

/// Moves a point to where the gradients within `reach` pixels stand square to the lines that lead to it.
/// nullopt: it has no such place, or runs off by more than `reach`.
[[nodiscard]] std::optional<Eigen::Vector2d> refined_corner(const GreyImage& image,
                                                            const Eigen::Vector2d& position, double reach);

}  // namespace reprise::engine
