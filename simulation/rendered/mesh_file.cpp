// SPDX-License-Identifier: Apache-2.0
#include "simulation/rendered/mesh_file.h"

#include <algorithm>
#include <cmath>

#include "sensing/files/number_text.h"
#include "sensing/files/text_lines.h"

namespace reprise::simulation::rendered {
namespace {

constexpr std::size_t kMostCells = 64;  // of a line; a face has four corners
constexpr std::size_t kMostRows = 4'000'000;

/// Goes through the lines of a file, split at blanks, without comments and empty ones.
class Lines {
 public:
  Lines(std::string_view text, const std::string& file) : rest_(text), file_(file) {}

  bool next() {
    while (!rest_.empty()) {
      ++number_;
      const std::string_view line = sensing::take_line(rest_);
      sensing::split_cells(sensing::trimmed(line), ' ', kMostCells, cells);
      if (!cells.empty() && !cells[0].empty() && cells[0][0] != '#') return true;
    }
    return false;
  }

  [[nodiscard]] tl::unexpected<Error> wrong(const std::string& what) const {
    return fail(ErrorCode::corrupt, "reading a mesh of the pack",
                file_ + ", line " + std::to_string(number_) + ": " + what,
                "take the pack from its source again");
  }

  /// Cells `from`, `from + 1`, … as finite numbers.
  template <int Count>
  [[nodiscard]] std::optional<Eigen::Matrix<double, Count, 1>> numbers(std::size_t from) const {
    Eigen::Matrix<double, Count, 1> out;
    for (int i = 0; i < Count; ++i) {
      if (from + static_cast<std::size_t>(i) >= cells.size()) return std::nullopt;
      const auto number = sensing::parse_number(cells[from + static_cast<std::size_t>(i)]);
      if (!number || !std::isfinite(*number)) return std::nullopt;
      out[i] = *number;
    }
    return out;
  }

  /// A cell as a place in a list of `count`.
  [[nodiscard]] std::optional<int> place(std::size_t cell, std::size_t count) const {
    if (cell >= cells.size()) return std::nullopt;
    return place_of(cells[cell], count);
  }
  [[nodiscard]] static std::optional<int> place_of(std::string_view text, std::size_t count) {
    const auto number = sensing::parse_integer(text);
    if (!number || *number < 0 || *number >= static_cast<long long>(count)) return std::nullopt;
    return static_cast<int>(*number);
  }

  std::vector<std::string_view> cells;

 private:
  std::string_view rest_;
  const std::string& file_;
  int number_ = 0;
};

/// "12/7/3": point and texture coordinate, counted from 1.
struct Corner {
  int point = 0;
  int uv = 0;
};
std::optional<Corner> corner_of(std::string_view cell, const MeshFile& mesh) {
  const std::size_t slash = cell.find('/');
  const auto point = Lines::place_of(cell.substr(0, slash), mesh.points.size() + 1);
  if (!point || *point == 0) return std::nullopt;
  Corner corner{*point - 1, 0};
  if (slash == std::string_view::npos) return corner;
  const std::string_view after = cell.substr(slash + 1);
  const std::string_view uv_text = after.substr(0, after.find('/'));
  if (uv_text.empty()) return corner;
  const auto uv = Lines::place_of(uv_text, mesh.uvs.size() + 1);
  if (!uv || *uv == 0) return std::nullopt;
  corner.uv = *uv - 1;
  return corner;
}

/// "3 - 7 12": a list with ranges.
bool read_hidden(const Lines& lines, std::size_t base_points, std::vector<int>& hides) {
  const auto& cells = lines.cells;
  for (std::size_t i = 0; i < cells.size();) {
    const bool range = i + 2 < cells.size() && cells[i + 1] == "-";
    const auto first = lines.place(i, base_points);
    const auto last = range ? lines.place(i + 2, base_points) : first;
    if (!first || !last || hides.size() > kMostRows) return false;
    for (int p = *first; p <= *last; ++p) hides.push_back(p);
    i += range ? 3 : 1;
  }
  return true;
}

std::optional<GarmentPoint> garment_point(const Lines& lines, std::size_t base_points) {
  GarmentPoint point;
  const auto first = lines.place(0, base_points);
  if (!first) return std::nullopt;
  if (lines.cells.size() == 1) return GarmentPoint{{*first, *first, *first}, {1, 0, 0}};
  const auto second = lines.place(1, base_points);
  const auto third = lines.place(2, base_points);
  const auto shares = lines.numbers<3>(3);
  if (!second || !third || !shares) return std::nullopt;
  point.of = {*first, *second, *third};
  point.share = {(*shares)[0], (*shares)[1], (*shares)[2]};
  if (lines.cells.size() < 9) return point;
  const auto offset = lines.numbers<3>(6);
  if (!offset) return std::nullopt;
  point.offset = *offset;
  return point;
}

bool starts_with_number(const Lines& lines) {
  return sensing::parse_integer(lines.cells[0]).has_value();
}

}  // namespace

Result<MeshFile> parse_mesh(std::string_view text, const std::string& file) {
  MeshFile mesh;
  Lines lines(text, file);
  std::vector<Triangle>* group = &mesh.groups[""];
  std::size_t rows = 0;
  while (lines.next()) {
    if (++rows > kMostRows) return lines.wrong("there are more than four million rows");
    const std::string_view kind = lines.cells[0];
    if (kind == "v") {
      const auto point = lines.numbers<3>(1);
      if (!point) return lines.wrong("a point is not three numbers");
      mesh.points.push_back(*point);
    } else if (kind == "vt") {
      const auto uv = lines.numbers<2>(1);
      if (!uv) return lines.wrong("a texture coordinate is not two numbers");
      mesh.uvs.push_back(*uv);
    } else if (kind == "g") {
      group = &mesh.groups[lines.cells.size() > 1 ? std::string{lines.cells[1]} : std::string{}];
    } else if (kind == "f") {
      std::vector<Corner> corners;
      for (std::size_t i = 1; i < lines.cells.size(); ++i) {
        const auto corner = corner_of(lines.cells[i], mesh);
        if (!corner) return lines.wrong("a face names a point that does not exist");
        corners.push_back(*corner);
      }
      if (corners.size() < 3) return lines.wrong("a face has fewer than three corners");
      for (std::size_t i = 1; i + 1 < corners.size(); ++i) {
        group->push_back({{corners[0].point, corners[i].point, corners[i + 1].point},
                          {corners[0].uv, corners[i].uv, corners[i + 1].uv}});
      }
    }
  }
  if (mesh.points.empty()) return lines.wrong("the mesh has no points");
  if (mesh.uvs.empty()) mesh.uvs.emplace_back(0, 0);
  return mesh;
}

Result<Morph> parse_morph(std::string_view text, const std::string& file, std::size_t base_points) {
  Morph morph;
  Lines lines(text, file);
  while (lines.next()) {
    const auto point = lines.place(0, base_points);
    const auto offset = lines.numbers<3>(1);
    if (!point || !offset) return lines.wrong("not a point of the base mesh and three numbers");
    if (morph.size() >= kMostRows) return lines.wrong("there are more than four million rows");
    morph.emplace_back(*point, *offset);
  }
  return morph;
}

Result<Garment> parse_garment(std::string_view text, const std::string& file, std::size_t base_points) {
  enum class Block { head, points, hidden };
  Garment garment;
  Lines lines(text, file);
  Block block = Block::head;
  while (lines.next()) {
    const std::string_view word = lines.cells[0];
    if (word.size() == 7 && word.substr(1) == "_scale" && word[0] >= 'x' && word[0] <= 'z') {
      const auto from = lines.place(1, base_points);
      const auto to = lines.place(2, base_points);
      const auto distance = lines.numbers<1>(3);
      if (!from || !to || !distance || !((*distance)[0] > 0))
        return lines.wrong("a scale is not two points of the base mesh and a distance");
      garment.scale[static_cast<std::size_t>(word[0] - 'x')] = GarmentScale{*from, *to, (*distance)[0]};
    } else if (word == "obj_file" && lines.cells.size() > 1) {
      garment.mesh_file = lines.cells[1];
    } else if (word == "verts") {
      block = Block::points;
    } else if (word == "delete_verts") {
      block = Block::hidden;
    } else if (block == Block::points && starts_with_number(lines)) {
      // Other words within the block name files of materials and weights: not used.
      const auto point = garment_point(lines, base_points);
      if (!point) return lines.wrong("not points of the base mesh with their shares");
      if (garment.points.size() >= kMostRows) return lines.wrong("there are more than four million rows");
      garment.points.push_back(*point);
    } else if (block == Block::hidden && starts_with_number(lines)) {
      if (!read_hidden(lines, base_points, garment.hides))
        return lines.wrong("hides a point that the base mesh does not have");
    }
  }
  // A file beside this one: nothing else is opened.
  if (garment.mesh_file.empty() || garment.mesh_file.find_first_of("/\\") != std::string::npos ||
      garment.mesh_file == "..") {
    return lines.wrong("names no mesh file beside it");
  }
  return garment;
}

}  // namespace reprise::simulation::rendered
