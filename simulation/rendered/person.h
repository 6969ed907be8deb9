// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "simulation/rendered/pack.h"

namespace reprise::simulation::rendered {

/// Lengths against those of the mesh.
struct LimbScales {
  double thigh = 1;
  double shank = 1;
  double upper_arm = 1;
  double forearm = 1;
  double trunk = 1;
};

/// The tones that skin is painted in, from light to dark. Unsourced default.
inline constexpr int kSkinTones = 8;
[[nodiscard]] Eigen::Vector3f skin_color(int tone);  ///< sRGB, 0 to 1

/// A person who does not exist.
struct Person {
  bool female = true;
  double age_years = 40;
  double stature_m = 1.7;                  ///< barefoot
  double weight = 0;                       ///< -1 the mesh's least, 0 its usual, 1 its most
  double tallness = 0;                     ///< -1 the build of short people, 1 that of tall ones
  std::array<double, 3> descent{0, 0, 1};  ///< African, Asian, Caucasian features; sum 1
  LimbScales limbs;
  int skin_tone = 0;                     ///< 0 to kSkinTones - 1
  Eigen::Vector3f outfit_tint{1, 1, 1};  ///< on the texture
  Eigen::Vector3f shoe_tint{1, 1, 1};
  Eigen::Vector3f hair_color{0.2F, 0.15F, 0.1F};  ///< sRGB
  std::string outfit;
  std::string shoes;
  std::string hair;  ///< empty: shaved
};

/// "slim", "average" or "heavy": thirds of the weight.
[[nodiscard]] std::string_view build_of(const Person& person);

/// Draws a person; the same seed and wardrobe give the same. Statures are normal with 1.62 m and 1.75 m,
/// deviation 0.065 m; limbs differ by 3.5 % (deviation) from the mesh, each within 8 %. Unsourced defaults.
[[nodiscard]] Person draw_person(std::uint64_t seed, const Wardrobe& wardrobe);

/// The morphs of the pack that make the body, and how far each is applied.
[[nodiscard]] std::vector<std::pair<std::string, double>> morphs_of(const Person& person);

}  // namespace reprise::simulation::rendered
