// SPDX-License-Identifier: Apache-2.0
#include "engine/cameras/board_finder.h"

#include <Eigen/LU>
#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>

#include "base/units.h"
#include "engine/cameras/board_corners.h"

namespace reprise::engine {
namespace {

using Eigen::Vector2d;
using Corners = std::vector<BoardCorner>;

// Unsourced defaults, tried on drawn boards (board_finder_test.cpp).
constexpr double kCone = 0.4;          // radians beside an edge in which the next corner lies
constexpr double kTurn = 0.5;          // radians by which the edges of neighbors differ at most
constexpr double kLonger = 1.5;        // than the square before: the next corner is beside the board
constexpr double kLeastOfLine = 0.5;   // share of a border line's corners, below which it is no line
constexpr double kLeastOfBoard = 0.8;  // share of a board's corners that must be seen at first

double turn_between(double a, double b) {
  return std::abs(std::remainder(a - b, 2 * kPi));
}

/// The edge of a corner that points most nearly in a direction.
std::size_t edge_along(const BoardCorner& corner, double direction) {
  std::size_t best = 0;
  for (std::size_t k = 1; k < 4; ++k)
    if (turn_between(corner.edges[k], direction) < turn_between(corner.edges[best], direction)) best = k;
  return best;
}

bool dark_after(const BoardCorner& corner, std::size_t edge) {
  return corner.first_is_dark == (edge % 2 == 0);
}

struct Link {
  std::size_t to = 0;
  std::size_t back = 0;  ///< the other's edge that leads here
};
using Links = std::vector<std::array<std::optional<Link>, 4>>;

std::optional<Link> next_along(const Corners& corners, std::size_t i, std::size_t edge) {
  const BoardCorner& from = corners[i];
  std::optional<Link> best;
  double least = 0;
  for (std::size_t k = 0; k < corners.size(); ++k) {
    if (k == i) continue;
    const Vector2d d = corners[k].position - from.position;
    const double aside = turn_between(std::atan2(d.y(), d.x()), from.edges[edge]);
    if (aside > kCone) continue;
    const double distance = d.norm() * (1 + 4 * aside * aside);
    if (best && distance >= least) continue;
    const double along = std::atan2(d.y(), d.x());
    const std::size_t onward = edge_along(corners[k], along);
    const std::size_t back = edge_along(corners[k], along + kPi);
    if (onward == back || turn_between(corners[k].edges[back], along + kPi) > kTurn) continue;
    // Past a corner, dark and bright change sides.
    if (dark_after(from, edge) == dark_after(corners[k], onward)) continue;
    best = Link{k, back};
    least = distance;
  }
  return best;
}

Links mutual_links(const Corners& corners) {
  Links found(corners.size());
  for (std::size_t i = 0; i < corners.size(); ++i)
    for (std::size_t edge = 0; edge < 4; ++edge) found[i][edge] = next_along(corners, i, edge);
  Links out(corners.size());
  for (std::size_t i = 0; i < corners.size(); ++i) {
    for (std::size_t edge = 0; edge < 4; ++edge) {
      const auto& there = found[i][edge];
      if (!there) continue;
      const auto& back = found[there->to][there->back];
      if (back && back->to == i && back->back == edge) out[i][edge] = there;
    }
  }
  return out;
}

/// Drops links that are much longer than the one that leaves the same corner the other way.
void drop_long(const Corners& corners, Links& links) {
  const Links all = links;
  for (std::size_t i = 0; i < corners.size(); ++i) {
    for (std::size_t edge = 0; edge < 4; ++edge) {
      const auto& ahead = all[i][edge];
      const auto& behind = all[i][(edge + 2) % 4];
      if (!ahead || !behind) continue;
      const double length = (corners[ahead->to].position - corners[i].position).norm();
      if (length < kLonger * (corners[behind->to].position - corners[i].position).norm()) continue;
      links[i][edge].reset();
      links[ahead->to][ahead->back].reset();
    }
  }
}

using Grid = std::map<std::pair<int, int>, Vector2d>;

/// The corners that links join with the first, numbered from it along its edges.
Grid grid_from(const Corners& corners, const Links& links, std::size_t first, std::vector<bool>& used) {
  struct Placed {
    std::size_t corner, turn;
    int column, row;
  };
  constexpr std::array<std::pair<int, int>, 4> kSteps = {{{1, 0}, {0, 1}, {-1, 0}, {0, -1}}};
  Grid grid;
  std::vector<Placed> open = {{first, 0, 0, 0}};
  used[first] = true;
  grid[{0, 0}] = corners[first].position;
  for (std::size_t n = 0; n < open.size(); ++n) {
    const Placed at = open[n];
    for (std::size_t edge = 0; edge < 4; ++edge) {
      const auto& link = links[at.corner][edge];
      if (!link || used[link->to]) continue;
      const std::size_t way = (edge + 4 - at.turn) % 4;
      const int column = at.column + kSteps[way].first;
      const int row = at.row + kSteps[way].second;
      if (!grid.try_emplace({column, row}, corners[link->to].position).second) continue;
      used[link->to] = true;
      open.push_back({link->to, (link->back + 8 - way - 2) % 4, column, row});
    }
  }
  return grid;
}

struct Bounds {
  int left = 0, right = 0, top = 0, bottom = 0;
  [[nodiscard]] int columns() const { return right - left + 1; }
  [[nodiscard]] int rows() const { return bottom - top + 1; }
};

Bounds bounds_of(const Grid& grid) {
  Bounds b{grid.begin()->first.first, grid.begin()->first.first, grid.begin()->first.second,
           grid.begin()->first.second};
  for (const auto& [at, position] : grid) {
    b.left = std::min(b.left, at.first);
    b.right = std::max(b.right, at.first);
    b.top = std::min(b.top, at.second);
    b.bottom = std::max(b.bottom, at.second);
  }
  return b;
}

/// Drops lines at the border that are less than half there: they stand beside the board.
void trim(Grid& grid) {
  while (!grid.empty()) {
    const Bounds b = bounds_of(grid);
    const auto count = [&](auto on_line) {
      return static_cast<double>(
          std::count_if(grid.begin(), grid.end(), [&](const auto& one) { return on_line(one.first); }));
    };
    const std::array<std::pair<double, std::pair<bool, int>>, 4> lines = {{
        {count([&](auto at) { return at.first == b.left; }) / b.rows(), {true, b.left}},
        {count([&](auto at) { return at.first == b.right; }) / b.rows(), {true, b.right}},
        {count([&](auto at) { return at.second == b.top; }) / b.columns(), {false, b.top}},
        {count([&](auto at) { return at.second == b.bottom; }) / b.columns(), {false, b.bottom}},
    }};
    const auto emptiest = *std::min_element(lines.begin(), lines.end());
    if (emptiest.first >= kLeastOfLine) return;
    std::erase_if(grid, [&](const auto& one) {
      return (emptiest.second.first ? one.first.first : one.first.second) == emptiest.second.second;
    });
  }
}

/// The grid turned so that its columns are the board's, from the top left of its bounds.
Grid turned_to(const Grid& grid, const BoardSize& size) {
  const Bounds b = bounds_of(grid);
  const bool across = b.columns() != size.columns;
  Grid out;
  for (const auto& [at, position] : grid) {
    const int column = at.first - b.left;
    const int row = at.second - b.top;
    out[across ? std::pair{row, b.right - b.left - column} : std::pair{column, row}] = position;
  }
  return out;
}

/// Looks for the corners that are missing, and places all exactly. Empty: one is not there.
std::vector<Vector2d> completed(const GreyImage& image, const Grid& grid, const BoardSize& size) {
  std::vector<Vector2d> plane;
  std::vector<Vector2d> picture;
  for (const auto& [at, position] : grid) {
    plane.emplace_back(at.first, at.second);
    picture.push_back(position);
  }
  const auto matrix = homography(plane, picture);
  if (!matrix) return {};
  const auto expected = [&](double column, double row) -> Vector2d {
    return (*matrix * Eigen::Vector3d{column, row, 1}).hnormalized();
  };
  std::vector<Vector2d> out;
  for (std::size_t i = 0; i < size.corners(); ++i) {
    const Vector2d at = board_point(size, i);
    const Vector2d here = expected(at.x(), at.y());
    const double spacing =
        std::min((expected(at.x() + 1, at.y()) - here).norm(), (expected(at.x(), at.y() + 1) - here).norm());
    if (!(spacing > 4)) return {};
    const auto seen = grid.find({static_cast<int>(at.x()), static_cast<int>(at.y())});
    const Vector2d start = seen == grid.end() ? here : seen->second;
    const auto exact = refined_corner(image, start, std::clamp(0.3 * spacing, 2.0, 9.0));
    if (!exact || (*exact - here).norm() > 0.4 * spacing) return {};
    out.push_back(*exact);
  }
  return out;
}

/// Turns the board by half where its first outer square is bright.
void number(const GreyImage& image, const BoardSize& size, std::vector<Vector2d>& corners) {
  std::array<double, 2> sums = {};  // of squares as bright as the first outer one, and of the others
  std::array<int, 2> counts = {};
  const auto columns = static_cast<std::size_t>(size.columns);
  for (std::size_t row = 0; row + 1 < static_cast<std::size_t>(size.rows); ++row) {
    for (std::size_t column = 0; column + 1 < columns; ++column) {
      const std::size_t i = row * columns + column;
      const Vector2d middle =
          0.25 * (corners[i] + corners[i + 1] + corners[i + columns] + corners[i + columns + 1]);
      if (!image.holds(middle, 1)) continue;
      sums[(row + column) % 2] += image.between(middle);
      ++counts[(row + column) % 2];
    }
  }
  const bool bright = sums[0] * std::max(1, counts[1]) > sums[1] * std::max(1, counts[0]);
  if (bright) std::reverse(corners.begin(), corners.end());
}

/// What the corners of one size of the picture show.
BoardSearch search(const GreyImage& full, const GreyImage& level, double scale, const BoardSize& size) {
  const Corners corners = board_corners(level);
  Links links = mutual_links(corners);
  drop_long(corners, links);
  std::vector<bool> used(corners.size(), false);
  BoardSearch out;
  for (std::size_t i = 0; i < corners.size(); ++i) {
    if (used[i]) continue;
    Grid grid = grid_from(corners, links, i, used);
    trim(grid);
    if (grid.size() < 9) continue;
    const Bounds b = bounds_of(grid);
    const bool fits = (b.columns() == size.columns && b.rows() == size.rows) ||
                      (b.columns() == size.rows && b.rows() == size.columns);
    const double share = static_cast<double>(grid.size()) / (b.columns() * b.rows());
    if (!fits) {
      if (share > 0.95 && b.columns() >= 3 && b.rows() >= 3)
        out.other = BoardSize{std::max(b.columns(), b.rows()), std::min(b.columns(), b.rows())};
      continue;
    }
    if (share < kLeastOfBoard) continue;
    grid = turned_to(grid, size);
    for (auto& [at, position] : grid) position *= scale;
    std::vector<Vector2d> found = completed(full, grid, size);
    if (found.empty()) continue;
    number(full, size, found);
    return {std::move(found), std::nullopt};
  }
  return out;
}

}  // namespace

BoardSearch find_board(const GreyImage& image, const BoardSize& size) {
  constexpr int kLevels = 3;
  constexpr int kSmallest = 160;  // pixels of a picture's shorter side
  BoardSearch first;
  GreyImage level = image;
  double scale = 1;
  for (int n = 0; n < kLevels && std::min(level.width, level.height) >= kSmallest; ++n) {
    BoardSearch found = search(image, softened(level), scale, size);
    if (!found.corners_px.empty()) return found;
    if (!first.other) first.other = found.other;
    level = halved(level);
    scale *= 2;
  }
  return first;
}

}  // namespace reprise::engine
