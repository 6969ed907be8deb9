// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "simulation/rendered/deflate.h"
#include "simulation/rendered/mesh_file.h"
#include "simulation/rendered/rig.h"
#include "simulation/rendered/texture.h"

namespace {

using namespace reprise::simulation::rendered;

constexpr std::size_t kPoints = 4;

void check(bool holds) {
  if (!holds) std::abort();
}
bool within(int place, std::size_t count) {
  return place >= 0 && static_cast<std::size_t>(place) < count;
}

void look_at_mesh(std::string_view text) {
  const auto mesh = parse_mesh(text, "m.obj");
  if (!mesh) return;
  for (const auto& [name, triangles] : mesh->groups) {
    for (const Triangle& triangle : triangles) {
      for (const int point : triangle.point) check(within(point, mesh->points.size()));
      for (const int uv : triangle.uv) check(within(uv, mesh->uvs.size()));
    }
  }
}

void look_at_garment(std::string_view text) {
  const auto garment = parse_garment(text, "a.mhclo", kPoints);
  if (!garment) return;
  check(garment->mesh_file.find('/') == std::string::npos);
  for (const GarmentPoint& point : garment->points) {
    for (const int of : point.of) check(within(of, kPoints));
  }
  for (const int point : garment->hides) check(within(point, kPoints));
}

void look_at_rig(std::string_view text) {
  static const auto base = parse_mesh("v 0 0 0\nv 1 0 0\nv 0 1 0\nv 1 1 0\ng joint-a\nf 1 2 3\n", "m.obj");
  const auto rig = parse_rig(text, "rig.json", *base);
  if (!rig) return;
  for (std::size_t i = 0; i < rig->bones.size(); ++i) {
    check(rig->bones[i].parent < static_cast<int>(i) && !rig->bones[i].head.empty());
    for (const int point : rig->bones[i].head) check(within(point, kPoints));
  }
}

void look_at_weights(std::string_view text) {
  const Rig rig{{{"a", -1, {0}}, {"b", 0, {1}}}};
  const auto weights = parse_weights(text, "weights.json", rig, kPoints);
  if (!weights) return;
  check(weights->size() == kPoints);
  for (const SkinWeights& w : *weights) {
    float sum = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      check(within(w.bone[i], rig.bones.size()));
      sum += w.share[i];
    }
    check(sum > 0.999F && sum < 1.001F);
  }
}

}  // namespace

// Any bytes: an error, or what names existing points, bones and texels only. The first byte chooses the
// parser.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text{reinterpret_cast<const char*>(data) + 1, size - 1};
  switch (data[0] % 7) {
    case 0: look_at_mesh(text); break;
    case 1: (void)parse_morph(text, "m.target", kPoints); break;
    case 2: look_at_garment(text); break;
    case 3: look_at_rig(text); break;
    case 4: look_at_weights(text); break;
    case 5: {
      const auto texture = parse_png(text, "a.png");
      if (!texture) break;
      check(texture->texels.size() ==
            static_cast<std::size_t>(texture->width) * static_cast<std::size_t>(texture->height));
      (void)texture->at(0.3F, -7.2F);
      break;
    }
    default: {
      constexpr std::size_t kMost = 1 << 16;
      const auto unpacked = gunzip(text, kMost);
      check(!unpacked || unpacked->size() <= kMost);
    }
  }
  return 0;
}
