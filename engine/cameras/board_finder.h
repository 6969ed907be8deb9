// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>
#include <optional>
#include <vector>

#include "engine/cameras/grey_image.h"

namespace reprise::engine {

/// A chequerboard by its inner corners, at which four squares meet. One number must be even and the other
/// odd: then the board turned by half looks different, and every camera numbers its corners alike.
struct BoardSize {
  int columns = 9;
  int rows = 6;

  [[nodiscard]] std::size_t corners() const {
    return static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows);
  }
  [[nodiscard]] bool can_be_told() const {
    return columns >= 3 && rows >= 3 && columns <= 50 && rows <= 50 && (columns + rows) % 2 == 1;
  }
  bool operator==(const BoardSize&) const = default;
};

/// Where corner i of a board lies on it: x along its columns, y along its rows, in squares.
[[nodiscard]] inline Eigen::Vector2d board_point(const BoardSize& size, std::size_t i) {
  const auto columns = static_cast<std::size_t>(size.columns);
  const std::size_t row = i / columns;
  return {static_cast<double>(i % columns), static_cast<double>(row)};
}

struct BoardSearch {
  /// Row by row, all corners, pixels. The first corner's outer square is dark, columns turn clockwise into
  /// rows. Empty: no such board.
  std::vector<Eigen::Vector2d> corners_px;
  std::optional<BoardSize> other;  ///< a whole board of another size is seen instead
};

/// Finds a chequerboard in a picture: its corners (engine/cameras/board_corners.h) are linked along their
/// edges, links that both ends agree on make a grid, and a grid of the right size is numbered. At full size,
/// then at a half and a quarter, which finds blurred and near boards; positions come from the full size.
/// A few corners that are missing (a glint, a finger) are looked for where the others say. Own method.
/// Precondition: `size.can_be_told()`.
[[nodiscard]] BoardSearch find_board(const GreyImage& image, const BoardSize& size);

/// The plane-to-picture matrix that takes points of a plane to pixels, from four or more pairs. nullopt: they
/// lie on one line.
[[nodiscard]] std::optional<Eigen::Matrix3d> homography(const std::vector<Eigen::Vector2d>& plane,
                                                        const std::vector<Eigen::Vector2d>& picture);

}  // namespace reprise::engine
