// SPDX-License-Identifier: Apache-2.0
#include "simulation/rendered/pack.h"

#include <algorithm>
#include <system_error>

#include "sensing/files/file_io.h"
#include "simulation/rendered/deflate.h"

namespace reprise::simulation::rendered {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostBytes = std::size_t{64} << 20U;  // of a file; the base mesh has 2.5 MB
constexpr const char* kReadingPack = "reading the pack";

Result<std::string> text_of_file(const fs::path& path) {
  return sensing::read_file(path, kMostBytes, kReadingPack);
}

std::vector<std::string> folders_in(const fs::path& folder, std::string_view prefix) {
  std::vector<std::string> names;
  std::error_code problem;
  for (const auto& entry : fs::directory_iterator(folder, problem)) {
    const std::string name = entry.path().filename().string();
    if (entry.is_directory(problem) && name.starts_with(prefix)) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

Result<Pack> open_pack(const fs::path& folder) {
  if (!fs::is_directory(folder)) {
    return fail(ErrorCode::not_found, kReadingPack, "there is no folder " + folder.string(),
                "name the folder with base.obj, rig, targets, clothes and hair");
  }
  Pack pack;
  pack.folder = folder;
  const auto base = text_of_file(folder / "base.obj");
  if (!base) return tl::unexpected(base.error());
  auto mesh = parse_mesh(*base, "base.obj");
  if (!mesh) return tl::unexpected(mesh.error());
  pack.base = std::move(*mesh);

  const auto rig_text = text_of_file(folder / "rig" / "rig.game_engine.json");
  if (!rig_text) return tl::unexpected(rig_text.error());
  auto rig = parse_rig(*rig_text, "rig.game_engine.json", pack.base);
  if (!rig) return tl::unexpected(rig.error());
  pack.rig = std::move(*rig);

  const auto weights_text = text_of_file(folder / "rig" / "weights.game_engine.json");
  if (!weights_text) return tl::unexpected(weights_text.error());
  auto weights = parse_weights(*weights_text, "weights.game_engine.json", pack.rig, pack.base.points.size());
  if (!weights) return tl::unexpected(weights.error());
  pack.weights = std::move(*weights);

  pack.wardrobe = {folders_in(folder / "clothes", "female_"), folders_in(folder / "clothes", "male_"),
                   folders_in(folder / "clothes", "shoes"), folders_in(folder / "hair", "")};
  const Wardrobe& w = pack.wardrobe;
  if (w.female_outfits.empty() || w.male_outfits.empty() || w.shoes.empty()) {
    return fail(ErrorCode::not_found, kReadingPack, "clothes has no folder female_…, male_… or shoes…",
                "take the pack from its source again");
  }
  return pack;
}

Result<Morph> read_morph(const Pack& pack, const std::string& name) {
  const auto packed = text_of_file(pack.folder / "targets" / (name + ".target.gz"));
  if (!packed) return tl::unexpected(packed.error());
  const auto text = gunzip(*packed, kMostBytes);
  if (!text) {
    return fail(ErrorCode::corrupt, kReadingPack, name + ".target.gz cannot be unpacked",
                "take the pack from its source again");
  }
  return parse_morph(*text, name + ".target", pack.base.points.size());
}

Result<GarmentFiles> read_garment(const Pack& pack, const std::string& folder) {
  const fs::path path = pack.folder / folder;
  const std::string name = path.filename().string();
  const auto text = text_of_file(path / (name + ".mhclo"));
  if (!text) return tl::unexpected(text.error());
  auto garment = parse_garment(*text, name + ".mhclo", pack.base.points.size());
  if (!garment) return tl::unexpected(garment.error());
  const auto mesh_text = text_of_file(path / garment->mesh_file);
  if (!mesh_text) return tl::unexpected(mesh_text.error());
  auto mesh = parse_mesh(*mesh_text, garment->mesh_file);
  if (!mesh) return tl::unexpected(mesh.error());
  if (mesh->points.size() != garment->points.size()) {
    return fail(ErrorCode::corrupt, kReadingPack,
                name + ".mhclo places " + std::to_string(garment->points.size()) + " points, its mesh has " +
                    std::to_string(mesh->points.size()),
                "take the pack from its source again");
  }
  GarmentFiles files{std::move(*garment), std::move(*mesh), std::nullopt};
  for (const char* ending : {"_diffuse.png", "_diffuse.jpg"}) {
    std::error_code problem;
    if (files.texture || !fs::exists(path / (name + ending), problem)) continue;
    auto texture = read_texture(path / (name + ending));
    if (!texture) return tl::unexpected(texture.error());
    files.texture = std::move(*texture);
  }
  return files;
}

}  // namespace reprise::simulation::rendered
