// SPDX-License-Identifier: Apache-2.0
#include "simulation/rendered/rig.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "json/fields.h"

namespace reprise::simulation::rendered {
namespace {

constexpr std::size_t kMostBones = 1000;

tl::unexpected<Error> corrupt(const std::string& file, const std::string& what) {
  return fail(ErrorCode::corrupt, "reading the rig of the pack", file + ": " + what,
              "take the pack from its source again");
}

std::optional<int> point_of(const Json& value, std::size_t base_points) {
  if (!value.is_number_integer()) return std::nullopt;
  const auto number = value.get<long long>();
  if (number < 0 || number >= static_cast<long long>(base_points)) return std::nullopt;
  return static_cast<int>(number);
}

/// Empty where the joint lies nowhere.
std::vector<int> joint_points(const Json& head, const MeshFile& base) {
  const std::string_view strategy = json::text_of(head, "strategy");
  std::set<int> points;
  if (strategy == "CUBE") {
    const auto cube = base.groups.find(json::text_of(head, "cube_name"));
    if (cube == base.groups.end()) return {};
    for (const Triangle& triangle : cube->second) points.insert(triangle.point.begin(), triangle.point.end());
  } else if (strategy == "VERTEX") {
    const Json* const index = json::field(head, "vertex_index");
    const auto point = index != nullptr ? point_of(*index, base.points.size()) : std::nullopt;
    if (!point) return {};
    points.insert(*point);
  } else {
    for (const Json& index : json::list_of(head, "vertex_indices")) {
      const auto point = point_of(index, base.points.size());
      if (!point) return {};
      points.insert(*point);
    }
  }
  return {points.begin(), points.end()};
}

}  // namespace

std::optional<int> Rig::find(std::string_view name) const {
  for (std::size_t i = 0; i < bones.size(); ++i) {
    if (bones[i].name == name) return static_cast<int>(i);
  }
  return std::nullopt;
}

SkinWeights strongest(std::span<const std::pair<int, double>> weights) {
  std::map<int, double> sums;
  for (const auto& [bone, share] : weights) sums[bone] += std::max(0.0, share);
  std::vector<std::pair<int, double>> sorted(sums.begin(), sums.end());
  std::stable_sort(sorted.begin(), sorted.end(), [](auto& a, auto& b) { return a.second > b.second; });
  SkinWeights out;
  double sum = 0;
  for (std::size_t i = 0; i < std::min<std::size_t>(4, sorted.size()); ++i) sum += sorted[i].second;
  if (!(sum > 1e-9)) {
    out.share[0] = 1;
    return out;
  }
  for (std::size_t i = 0; i < std::min<std::size_t>(4, sorted.size()); ++i) {
    out.bone[i] = sorted[i].first;
    out.share[i] = static_cast<float>(sorted[i].second / sum);
  }
  return out;
}

Result<Rig> parse_rig(std::string_view json_text, const std::string& file, const MeshFile& base) {
  const Json document = Json::parse(json_text, nullptr, false);
  if (!document.is_object() || document.empty() || document.size() > kMostBones)
    return corrupt(file, "not a group of bones");
  Rig rig;
  // Parents first: as many rounds as the longest chain.
  while (rig.bones.size() < document.size()) {
    const std::size_t before = rig.bones.size();
    for (const auto& [name, bone] : document.items()) {
      if (rig.find(name)) continue;
      const std::string_view parent = json::text_of(bone, "parent");
      const auto place = rig.find(parent);
      if (!parent.empty() && !place) continue;
      const Json* const head = json::field(bone, "head");
      std::vector<int> joint = head != nullptr ? joint_points(*head, base) : std::vector<int>{};
      if (joint.empty()) return corrupt(file, "bone '" + name + "' has no joint on the mesh");
      rig.bones.push_back({name, place.value_or(-1), std::move(joint)});
    }
    if (rig.bones.size() == before)
      return corrupt(file, "a bone's parent is none of the bones, or its child");
  }
  return rig;
}

Result<std::vector<SkinWeights>> parse_weights(std::string_view json_text, const std::string& file,
                                               const Rig& rig, std::size_t base_points) {
  const Json document = Json::parse(json_text, nullptr, false);
  const Json* const weights = document.is_object() ? json::field(document, "weights") : nullptr;
  if (weights == nullptr || !weights->is_object()) return corrupt(file, "is no JSON, or has no weights");
  std::vector<std::vector<std::pair<int, double>>> of(base_points);
  for (const auto& [name, rows] : weights->items()) {
    const auto bone = rig.find(name);
    if (!bone) continue;  // bones that this rig lacks
    if (!rows.is_array()) return corrupt(file, "the weights of '" + name + "' are no list");
    for (const Json& row : rows) {
      const bool pair = row.is_array() && row.size() == 2 && row[1].is_number();
      const auto point = pair ? point_of(row[0], base_points) : std::nullopt;
      const double share = pair ? row[1].get<double>() : 0;
      if (!point || !(share >= 0 && share <= 1e6))
        return corrupt(file, "a weight of '" + name + "' is not a point of the base mesh and a share");
      of[static_cast<std::size_t>(*point)].emplace_back(*bone, share);
    }
  }
  std::vector<SkinWeights> out;
  out.reserve(base_points);
  for (const auto& list : of) out.push_back(strongest(list));
  return out;
}

}  // namespace reprise::simulation::rendered
