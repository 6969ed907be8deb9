// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>
#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "simulation/rendered/mesh_file.h"

namespace reprise::simulation::rendered {

/// A bone turns about its head, the joint with its parent.
struct Bone {
  std::string name;
  int parent = -1;        ///< stands before its children; -1: the root
  std::vector<int> head;  ///< points of the base mesh whose middle is the joint
};

struct Rig {
  std::vector<Bone> bones;
  [[nodiscard]] std::optional<int> find(std::string_view name) const;
};

/// The bones that carry a point, the strongest four; shares sum to 1, unused ones are 0.
struct SkinWeights {
  std::array<int, 4> bone{};
  std::array<float, 4> share{};
};
/// Keeps the four largest and scales them to 1. Bones may repeat; the root carries what no bone does.
[[nodiscard]] SkinWeights strongest(std::span<const std::pair<int, double>> weights);

/// Parses a rig of MakeHuman (rig.*.json). Joints lie in cubes of the mesh (groups `joint-…`) or on points.
/// Errors: corrupt (no JSON of this kind, unknown parents, a circle, joints that the mesh does not have).
[[nodiscard]] Result<Rig> parse_rig(std::string_view json, const std::string& file, const MeshFile& base);

/// Parses weights.*.json: how much each bone carries each point of the base mesh. Errors: corrupt.
[[nodiscard]] Result<std::vector<SkinWeights>> parse_weights(std::string_view json, const std::string& file,
                                                             const Rig& rig, std::size_t base_points);

}  // namespace reprise::simulation::rendered
