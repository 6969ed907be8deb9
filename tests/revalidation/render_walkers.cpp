// SPDX-License-Identifier: Apache-2.0
// Rendered people who walk as people did in recorded motion: videos from both sides and the truth of their
// joints. Behind camera_gait.mjs and cameras.mjs.
//
//   reprise_render_walkers PACK MOVEMENT.json SEED OUT [VIEW...]
#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "sensing/files/file_io.h"
#include "simulation/rendered/film.h"

namespace {

using namespace reprise;
using namespace reprise::simulation::rendered;
namespace fs = std::filesystem;

RecordedMovement read_movement(const fs::path& file) {
  std::ifstream in(file);
  const auto json = nlohmann::json::parse(in);
  RecordedMovement movement;
  movement.name = json.at("name");
  for (const auto& frame : json.at("frames")) {
    movement.times.emplace_back(frame.at("t").get<double>());
    auto& points = movement.landmarks.emplace_back();
    for (std::size_t i = 0; i < engine::kLandmarkCount; ++i) {
      const auto& p = frame.at("points").at(i);
      points[i] = Vec3<World>{{p.at(0).get<double>(), p.at(1).get<double>(), p.at(2).get<double>()}};
    }
  }
  return movement;
}

Result<void> render(const fs::path& pack_folder, const fs::path& file, std::uint64_t seed,
                    const fs::path& out, std::vector<std::string> views) {
  const auto pack = open_pack(pack_folder);
  if (!pack) return tl::unexpected(pack.error());
  const RecordedMovement movement = read_movement(file);
  TakeOptions options;
  options.seed = seed;
  options.side_px = 720;
  options.views = std::move(views);
  const auto take = plan_recorded(*pack, draw_person(seed, pack->wardrobe), movement, options);
  if (!take) return tl::unexpected(take.error());
  const auto films = film(*take, [](int) { return true; });
  if (!films) return tl::unexpected(films.error());
  const std::string name = fmt::format("{}_{}", movement.name, seed);
  for (const Film& one : *films) {
    auto written = sensing::write_file_atomically(out / (name + "_" + one.view + ".mp4"), one.mp4);
    if (!written) return written;
  }
  return sensing::write_file_atomically(out / (name + "_truth.json"), truth_json(*take));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 5) {
    fmt::print(stderr, "usage: reprise_render_walkers PACK MOVEMENT.json SEED OUT [VIEW...]\n");
    return 2;
  }
  const auto done = render(argv[1], argv[2], std::stoull(argv[3]), argv[4], {argv + 5, argv + argc});
  if (done) return 0;
  fmt::print(stderr, "render_walkers: {}\n", to_string(done.error()));
  return 1;
}
