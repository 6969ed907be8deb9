// SPDX-License-Identifier: Apache-2.0
#include "simulation/rendered/person.h"

#include <algorithm>
#include <cmath>

#include "engine/synthesis/random.h"

namespace reprise::simulation::rendered {
namespace {

/// Takes one random number after another.
class Draws {
 public:
  explicit Draws(std::uint64_t seed) : random_(seed) {}
  double between(double from, double to) { return from + (to - from) * random_.uniform(next_++); }
  double normal(double mean, double deviation) { return mean + deviation * random_.normal(next_++); }
  bool chance(double probability) { return between(0, 1) < probability; }
  template <class List>
  const auto& one_of(const List& list) {
    return list[static_cast<std::size_t>(between(0, 1) * static_cast<double>(std::size(list)))];
  }

 private:
  engine::detail::CounterRandom random_;
  std::uint64_t next_ = 0;
};

constexpr std::array<std::array<float, 3>, kSkinTones> kTones = {{{0.98F, 0.86F, 0.77F},
                                                                  {0.93F, 0.76F, 0.64F},
                                                                  {0.87F, 0.67F, 0.52F},
                                                                  {0.76F, 0.54F, 0.39F},
                                                                  {0.63F, 0.42F, 0.29F},
                                                                  {0.49F, 0.32F, 0.22F},
                                                                  {0.37F, 0.24F, 0.17F},
                                                                  {0.26F, 0.17F, 0.13F}}};
constexpr std::array<std::array<float, 3>, 6> kHair = {{{0.10F, 0.08F, 0.07F},
                                                        {0.20F, 0.13F, 0.09F},
                                                        {0.36F, 0.24F, 0.15F},
                                                        {0.70F, 0.56F, 0.36F},
                                                        {0.52F, 0.26F, 0.14F},
                                                        {0.62F, 0.61F, 0.60F}}};

Eigen::Vector3f color(const std::array<float, 3>& c) {
  return {c[0], c[1], c[2]};
}

Eigen::Vector3f tint(Draws& draw) {
  const auto channel = [&] { return static_cast<float>(draw.between(0.45, 1.25)); };
  const float red = channel();
  const float green = channel();
  return {red, green, channel()};
}

}  // namespace

Eigen::Vector3f skin_color(int tone) {
  return color(kTones[static_cast<std::size_t>(std::clamp(tone, 0, kSkinTones - 1))]);
}

std::string_view build_of(const Person& person) {
  if (person.weight < -1.0 / 3) return "slim";
  return person.weight > 1.0 / 3 ? "heavy" : "average";
}

Person draw_person(std::uint64_t seed, const Wardrobe& wardrobe) {
  Draws draw(seed ^ 0x706572736f6e0000ULL);
  Person p;
  p.female = draw.chance(0.5);
  p.age_years = draw.between(20, 80);
  p.stature_m = std::clamp(draw.normal(p.female ? 1.62 : 1.75, 0.065), 1.42, 2.0);
  p.weight = draw.between(-0.8, 0.8);
  p.tallness = std::clamp((p.stature_m - (p.female ? 1.62 : 1.75)) / 0.2, -0.8, 0.8);
  double sum = 0;
  for (double& share : p.descent) sum += share = std::pow(draw.between(0, 1), 3);  // mostly one of them
  for (double& share : p.descent) share /= sum;
  const auto limb = [&] { return std::clamp(draw.normal(1, 0.035), 0.92, 1.08); };
  p.limbs.thigh = limb();
  p.limbs.shank = limb();
  p.limbs.upper_arm = limb();
  p.limbs.forearm = limb();
  p.limbs.trunk = limb();
  p.skin_tone = static_cast<int>(draw.between(0, kSkinTones));
  p.outfit = draw.one_of(p.female ? wardrobe.female_outfits : wardrobe.male_outfits);
  p.outfit_tint = tint(draw);
  p.shoes = draw.one_of(wardrobe.shoes);
  p.shoe_tint = tint(draw);
  const bool gray = p.age_years > 55 && draw.chance(0.7);
  p.hair_color = color(gray ? kHair.back() : draw.one_of(kHair));
  if (!wardrobe.hair.empty() && draw.chance(p.female ? 0.97 : 0.75)) p.hair = draw.one_of(wardrobe.hair);
  return p;
}

std::vector<std::pair<std::string, double>> morphs_of(const Person& p) {
  constexpr std::array kDescents = {"african", "asian", "caucasian"};
  const std::string sex = p.female ? "female" : "male";
  // MakeHuman's young is 25 years old, its old 90.
  const double old = std::clamp((p.age_years - 25) / 65, 0.0, 1.0);
  std::vector<std::pair<std::string, double>> morphs;
  for (const auto& [age, share] : {std::pair{"young", 1 - old}, std::pair{"old", old}}) {
    for (std::size_t i = 0; i < kDescents.size(); ++i)
      morphs.emplace_back(std::string{kDescents[i]} + "-" + sex + "-" + age, p.descent[i] * share);
    morphs.emplace_back(
        "universal-" + sex + "-" + age + "-averagemuscle-" + (p.weight < 0 ? "minweight" : "maxweight"),
        std::abs(p.weight) * share);
    morphs.emplace_back(
        sex + "-" + age + "-averagemuscle-averageweight-" + (p.tallness < 0 ? "minheight" : "maxheight"),
        std::abs(p.tallness) * share);
  }
  std::erase_if(morphs, [](const auto& morph) { return morph.second < 1e-3; });
  return morphs;
}

}  // namespace reprise::simulation::rendered
