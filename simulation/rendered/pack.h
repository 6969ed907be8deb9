// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "simulation/rendered/mesh_file.h"
#include "simulation/rendered/rig.h"
#include "simulation/rendered/texture.h"

namespace reprise::simulation::rendered {

/// What there is to wear: names of folders, sorted.
struct Wardrobe {
  std::vector<std::string> female_outfits;
  std::vector<std::string> male_outfits;
  std::vector<std::string> shoes;
  std::vector<std::string> hair;
};

/// A folder of MakeHuman's files, CC0: base.obj, rig/, targets/*.target.gz, clothes/NAME, hair/NAME. Outfits
/// begin with female_ or male_, shoes with shoes. The base mesh, its rig and what there is to wear are read.
struct Pack {
  std::filesystem::path folder;
  MeshFile base;
  Rig rig;
  std::vector<SkinWeights> weights;  ///< by point of the base mesh
  Wardrobe wardrobe;
};
/// Errors: not_found (no such folder or file), corrupt, those of reading.
[[nodiscard]] Result<Pack> open_pack(const std::filesystem::path& folder);

/// Reads targets/NAME.target.gz. Errors: as `open_pack`.
[[nodiscard]] Result<Morph> read_morph(const Pack& pack, const std::string& name);

struct GarmentFiles {
  Garment garment;
  MeshFile mesh;                   ///< as many points as the garment
  std::optional<Texture> texture;  ///< NAME_diffuse.png or .jpg; empty: there is none
};
/// Reads a folder of clothes or hair ("clothes/shoes05"). Errors: as `open_pack`.
[[nodiscard]] Result<GarmentFiles> read_garment(const Pack& pack, const std::string& folder);

}  // namespace reprise::simulation::rendered
