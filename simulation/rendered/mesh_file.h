// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace reprise::simulation::rendered {

// The files of MakeHuman's meshes: decimeters; x to the person's left, y up, z forward. Every parser says
// corrupt, with file and line, for what does not follow the format, for numbers that are not finite, and for
// points that do not exist.

struct Triangle {
  std::array<int, 3> point{};
  std::array<int, 3> uv{};  ///< all 0 where the mesh has none
};

/// A Wavefront .obj file: points, texture coordinates and faces by group; polygons are cut into triangles.
struct MeshFile {
  std::vector<Eigen::Vector3d> points;
  std::vector<Eigen::Vector2d> uvs;                                  ///< at least one
  std::map<std::string, std::vector<Triangle>, std::less<>> groups;  ///< "" before the first
};
[[nodiscard]] Result<MeshFile> parse_mesh(std::string_view text, const std::string& file);

/// A .target file: how far some points of the base mesh move.
using Morph = std::vector<std::pair<int, Eigen::Vector3d>>;
[[nodiscard]] Result<Morph> parse_morph(std::string_view text, const std::string& file,
                                        std::size_t base_points);

/// A point of a garment: a weighted sum of three points of the base mesh, and an offset.
struct GarmentPoint {
  std::array<int, 3> of{};
  std::array<double, 3> share{};
  Eigen::Vector3d offset{0, 0, 0};
};
/// Offsets along an axis were made for a base mesh on which two points lie this far apart along it.
struct GarmentScale {
  int from = 0;
  int to = 0;
  double distance = 1;
};
/// A .mhclo file: how a mesh is fitted to the base mesh, and which points of that it hides.
struct Garment {
  std::string mesh_file;
  std::array<std::optional<GarmentScale>, 3> scale;
  std::vector<GarmentPoint> points;
  std::vector<int> hides;
};
[[nodiscard]] Result<Garment> parse_garment(std::string_view text, const std::string& file,
                                            std::size_t base_points);

}  // namespace reprise::simulation::rendered
