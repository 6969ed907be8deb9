// SPDX-License-Identifier: Apache-2.0
#include "simulation/rendered/figure.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "engine/skeleton/skeleton.h"
#include "simulation/rendered/skin_paint.h"

namespace reprise::simulation::rendered {
namespace {

using Eigen::Vector3d;
using L = engine::Landmark;

constexpr double kMetersPerUnit = 0.1;  // the mesh is in decimeters

// 1 to 2 cm at 3 m: skin under everything, shoes under trousers.
constexpr float kSkin = 0.994F;
constexpr float kShoes = 0.997F;

/// From the mesh's axes (x left, y up, z forward) to those of the room.
Vector3d in_room(const Vector3d& p) {
  return Vector3d(p.z(), p.y(), -p.x()) * kMetersPerUnit;
}

constexpr std::array kNeededBones = {
    "pelvis",     "spine_01",   "spine_02",   "spine_03",   "neck_01",    "head",       "clavicle_l",
    "clavicle_r", "upperarm_l", "upperarm_r", "lowerarm_l", "lowerarm_r", "hand_l",     "hand_r",
    "thigh_l",    "thigh_r",    "calf_l",     "calf_r",     "foot_l",     "foot_r",     "ball_l",
    "ball_r",     "pinky_01_l", "pinky_01_r", "index_01_l", "index_01_r", "thumb_02_l", "thumb_02_r"};

/// The base mesh of a person, before it is dressed.
struct Body {
  const Pack& pack;
  std::vector<Vector3d> points;  ///< decimeters, the mesh's axes
  std::vector<Vector3d> joints;

  [[nodiscard]] int bone(const std::string& name) const { return *pack.rig.find(name); }
  [[nodiscard]] Vector3d joint(const std::string& name) const {
    return joints[static_cast<std::size_t>(bone(name))];
  }
  [[nodiscard]] bool mostly(std::size_t point, int of_bone) const {
    const SkinWeights& w = pack.weights[point];
    float share = 0;
    for (std::size_t i = 0; i < 4; ++i) share += w.bone[i] == of_bone ? w.share[i] : 0;
    return share > 0.5F;
  }
  /// The point of the skin on a bone that lies farthest by `measure`; the bone's joint if it carries none.
  template <class Measure>
  [[nodiscard]] Vector3d farthest(const std::string& on, const Measure& measure) const {
    Vector3d found = joint(on);
    double best = -std::numeric_limits<double>::infinity();
    const auto body = pack.base.groups.find("body");
    if (body == pack.base.groups.end()) return found;
    for (const Triangle& triangle : body->second) {
      for (const int i : triangle.point) {
        const auto point = static_cast<std::size_t>(i);
        const double value = measure(points[point]);
        if (value > best && mostly(point, bone(on))) {
          best = value;
          found = points[point];
        }
      }
    }
    return found;
  }
  [[nodiscard]] Vector3d middle_of_group(const char* name, const Vector3d& otherwise) const {
    const auto group = pack.base.groups.find(name);
    if (group == pack.base.groups.end() || group->second.empty()) return otherwise;
    Vector3d sum{0, 0, 0};
    for (const Triangle& triangle : group->second) {
      for (const int i : triangle.point) sum += points[static_cast<std::size_t>(i)] / 3;
    }
    return sum / static_cast<double>(group->second.size());
  }
};

Result<Body> make_body(const Pack& pack, const Person& person) {
  for (const char* name : kNeededBones) {
    if (!pack.rig.find(name)) {
      return fail(ErrorCode::corrupt, "making a figure", std::string{"the rig has no bone "} + name,
                  "take the pack from its source again");
    }
  }
  Body body{pack, pack.base.points, {}};
  for (const auto& [name, share] : morphs_of(person)) {
    const auto morph = read_morph(pack, name);
    if (!morph) return tl::unexpected(morph.error());
    for (const auto& [point, offset] : *morph) body.points[static_cast<std::size_t>(point)] += share * offset;
  }
  body.joints = joints_of(pack.rig, body.points);
  scale_limbs(person.limbs, pack.rig, pack.weights, body.points, body.joints);
  // To the person's stature, from sole to crown.
  double lowest = std::numeric_limits<double>::infinity();
  double highest = -lowest;
  const auto skin = pack.base.groups.find("body");
  if (skin == pack.base.groups.end() || skin->second.empty()) {
    return fail(ErrorCode::corrupt, "making a figure", "the base mesh has no group 'body'",
                "take the pack from its source again");
  }
  for (const Triangle& triangle : skin->second) {
    for (const int i : triangle.point) {
      lowest = std::min(lowest, body.points[static_cast<std::size_t>(i)].y());
      highest = std::max(highest, body.points[static_cast<std::size_t>(i)].y());
    }
  }
  const double scale = person.stature_m / kMetersPerUnit / std::max(1e-6, highest - lowest);
  for (Vector3d& point : body.points) point *= scale;
  for (Vector3d& joint : body.joints) joint *= scale;
  return body;
}

void place_landmarks(const Body& body, Figure& figure) {
  const auto put = [&](L landmark, const std::string& bone, const Vector3d& at) {
    figure.landmarks[landmark] = {body.bone(bone), in_room(at)};
  };
  const Vector3d head = body.joint("head");
  const Vector3d nose = body.farthest(
      "head", [](const Vector3d& p) { return p.z() - 10 * std::max(0.0, std::abs(p.x()) - 0.1); });
  put(L::nose, "head", nose);
  for (const bool right : {false, true}) {
    const std::string side = right ? "_r" : "_l";
    const double out = right ? -1 : 1;  // of the mesh's x
    const auto of = [&](L left) { return right ? engine::mirrored(left) : left; };
    const std::pair<L, const char*> joints[] = {{L::left_shoulder, "upperarm"}, {L::left_elbow, "lowerarm"},
                                                {L::left_wrist, "hand"},        {L::left_hip, "thigh"},
                                                {L::left_knee, "calf"},         {L::left_ankle, "foot"}};
    for (const auto& [landmark, bone] : joints) put(of(landmark), bone + side, body.joint(bone + side));
    // A joint belongs to the bone that ends there, too: both carry it to the same place.
    put(of(L::left_pinky), "hand" + side, body.joint("pinky_01" + side));
    put(of(L::left_index), "hand" + side, body.joint("index_01" + side));
    put(of(L::left_thumb), "hand" + side, body.joint("thumb_02" + side));
    put(of(L::left_heel), "foot" + side,
        body.farthest("foot" + side, [](const Vector3d& p) { return -p.z() - 0.5 * p.y(); }));
    put(of(L::left_foot_index), "foot" + side,
        body.farthest("ball" + side, [](const Vector3d& p) { return p.z(); }));
    const Vector3d eye =
        body.middle_of_group(right ? "joint-r-eye" : "joint-l-eye", head + Vector3d(0.3 * out, 0.6, 0.8));
    put(of(L::left_eye), "head", eye);
    put(of(L::left_eye_inner), "head", eye - Vector3d(0.13 * out, 0, 0));
    put(of(L::left_eye_outer), "head", eye + Vector3d(0.13 * out, 0, 0));
    put(of(L::left_ear), "head", body.farthest("head", [&](const Vector3d& p) { return out * p.x(); }));
    // The lips lie about as far below the tip of the nose as that below the eyes.
    put(of(L::mouth_left), "head", Vector3d(0.25 * out, 1.95 * nose.y() - 0.95 * eye.y(), nose.z() - 0.15));
  }
}

engine::BodyShape shape_of(const Figure& figure, double stature_m, double sole) {
  const auto at = [&](L landmark) { return figure.landmarks[landmark].rest; };
  const auto apart = [&](L a, L b) { return (at(a) - at(b)).norm(); };
  const Vector3d hips = (at(L::left_hip) + at(L::right_hip)) / 2;
  const Vector3d shoulders = (at(L::left_shoulder) + at(L::right_shoulder)) / 2;
  const Vector3d knuckles = (at(L::left_index) + at(L::left_pinky)) / 2;
  const Vector3d ankle = at(L::left_ankle);
  // In the order of Proportions.
  return engine::shape_from_lengths(
      {apart(L::left_knee, L::left_ankle), apart(L::left_hip, L::left_knee), ankle.y() - sole,
       ankle.x() - at(L::left_heel).x(), at(L::left_foot_index).x() - ankle.x(),
       apart(L::left_hip, L::right_hip) / 2, (shoulders - hips).norm(),
       apart(L::left_shoulder, L::right_shoulder) / 2, apart(L::left_shoulder, L::left_elbow),
       apart(L::left_elbow, L::left_wrist), (knuckles - at(L::left_wrist)).norm(),
       apart(L::left_index, L::left_pinky) / 2, apart(L::left_thumb, L::left_wrist) / std::sqrt(2.0),
       std::max(0.05, at(L::left_eye).y() - shoulders.y())},
      Meters{stature_m});
}

void add_part(FigurePart&& part, std::vector<FigurePart>& parts) {
  if (!part.triangles.empty()) parts.push_back(std::move(part));
}

Result<void> dress(const Body& body, const std::string& folder, const Eigen::Vector3f& tint, bool cut_out,
                   std::vector<bool>& hidden, std::vector<FigurePart>& parts) {
  auto files = read_garment(body.pack, folder);
  if (!files) return tl::unexpected(files.error());
  const Garment& garment = files->garment;
  Vector3d scale{1, 1, 1};
  for (int axis = 0; axis < 3; ++axis) {
    const auto& rule = garment.scale[static_cast<std::size_t>(axis)];
    if (!rule) continue;
    const Vector3d between =
        body.points[static_cast<std::size_t>(rule->from)] - body.points[static_cast<std::size_t>(rule->to)];
    scale[axis] = std::abs(between[axis]) / rule->distance;
  }
  FigurePart part;
  for (const GarmentPoint& point : garment.points) {
    Vector3d at = point.offset.cwiseProduct(scale);
    std::vector<std::pair<int, double>> carried;
    for (std::size_t k = 0; k < 3; ++k) {
      const auto of = static_cast<std::size_t>(point.of[k]);
      at += point.share[k] * body.points[of];
      const SkinWeights& w = body.pack.weights[of];
      for (std::size_t i = 0; i < 4; ++i)
        carried.emplace_back(w.bone[i], std::max(0.0, point.share[k]) * w.share[i]);
    }
    part.rest.push_back(in_room(at).cast<float>());
    part.weights.push_back(strongest(carried));
  }
  for (const auto& [name, triangles] : files->mesh.groups)
    part.triangles.insert(part.triangles.end(), triangles.begin(), triangles.end());
  for (const Eigen::Vector2d& uv : files->mesh.uvs) part.uvs.push_back(uv.cast<float>());
  part.texture = std::move(files->texture);
  part.tint = tint;
  part.cut_out = cut_out;
  for (const int point : garment.hides) hidden[static_cast<std::size_t>(point)] = true;
  add_part(std::move(part), parts);
  return {};
}

/// The triangles of a group of the base mesh that clothes do not hide, with only the points that they use.
FigurePart body_part(const Body& body, std::string_view group, const std::vector<bool>& hidden) {
  FigurePart part;
  const auto found = body.pack.base.groups.find(group);
  if (found == body.pack.base.groups.end()) return part;
  std::vector<int> place(body.points.size(), -1);
  for (const Triangle& triangle : found->second) {
    if (std::all_of(triangle.point.begin(), triangle.point.end(),
                    [&](int i) { return hidden[static_cast<std::size_t>(i)]; })) {
      continue;
    }
    Triangle kept = triangle;
    for (int& i : kept.point) {
      const auto from = static_cast<std::size_t>(i);
      if (place[from] < 0) {
        place[from] = static_cast<int>(part.rest.size());
        part.rest.push_back(in_room(body.points[from]).cast<float>());
        part.weights.push_back(body.pack.weights[from]);
      }
      i = place[from];
    }
    kept.uv = {0, 0, 0};
    part.triangles.push_back(kept);
  }
  part.uvs = {{0, 0}};
  return part;
}

}  // namespace

std::vector<Vector3d> joints_of(const Rig& rig, const std::vector<Vector3d>& points) {
  std::vector<Vector3d> joints;
  for (const Bone& bone : rig.bones) {
    Vector3d sum{0, 0, 0};
    for (const int point : bone.head) sum += points[static_cast<std::size_t>(point)];
    joints.push_back(sum / static_cast<double>(bone.head.size()));
  }
  return joints;
}

void scale_limbs(const LimbScales& scales, const Rig& rig, const std::vector<SkinWeights>& weights,
                 std::vector<Vector3d>& points, std::vector<Vector3d>& joints) {
  std::vector<Eigen::Matrix3d> stretch(rig.bones.size(), Eigen::Matrix3d::Identity());
  const auto along = [&](const std::string& from, const std::string& to, double scale) {
    const auto a = rig.find(from);
    const auto b = rig.find(to);
    if (!a || !b) return;
    const Vector3d way = (joints[static_cast<std::size_t>(*b)] - joints[static_cast<std::size_t>(*a)]);
    const Vector3d axis = way.normalized();
    stretch[static_cast<std::size_t>(*a)] += (scale - 1) * axis * axis.transpose();
  };
  for (const std::string side : {"_l", "_r"}) {
    along("thigh" + side, "calf" + side, scales.thigh);
    along("calf" + side, "foot" + side, scales.shank);
    along("upperarm" + side, "lowerarm" + side, scales.upper_arm);
    along("lowerarm" + side, "hand" + side, scales.forearm);
  }
  along("spine_01", "spine_02", scales.trunk);
  along("spine_02", "spine_03", scales.trunk);
  along("spine_03", "neck_01", scales.trunk);

  std::vector<Vector3d> moved = joints;
  for (std::size_t i = 0; i < rig.bones.size(); ++i) {
    if (rig.bones[i].parent < 0) continue;
    const auto parent = static_cast<std::size_t>(rig.bones[i].parent);
    moved[i] = moved[parent] + stretch[parent] * (joints[i] - joints[parent]);
  }
  for (std::size_t p = 0; p < points.size(); ++p) {
    const SkinWeights& w = weights[p];
    Vector3d sum{0, 0, 0};
    for (std::size_t i = 0; i < 4; ++i) {
      const auto bone = static_cast<std::size_t>(w.bone[i]);
      sum += static_cast<double>(w.share[i]) * (moved[bone] + stretch[bone] * (points[p] - joints[bone]));
    }
    points[p] = sum;
  }
  joints = std::move(moved);
}

Result<Figure> make_figure(const Pack& pack, const Person& person) {
  const auto body = make_body(pack, person);
  if (!body) return tl::unexpected(body.error());
  Figure figure;
  figure.rig = pack.rig;
  for (const Vector3d& joint : body->joints) figure.joints.push_back(in_room(joint));
  place_landmarks(*body, figure);

  std::vector<bool> hidden(body->points.size(), false);
  if (auto ok = dress(*body, "clothes/" + person.outfit, person.outfit_tint, false, hidden, figure.parts);
      !ok)
    return tl::unexpected(ok.error());
  if (auto ok = dress(*body, "clothes/" + person.shoes, person.shoe_tint, false, hidden, figure.parts); !ok)
    return tl::unexpected(ok.error());
  figure.parts.back().depth_share = kShoes;
  if (!person.hair.empty()) {
    // The textures are brown: brought to about white, then to the color wanted.
    const Eigen::Vector3f hair_tint = person.hair_color * 2.6F;
    if (auto ok = dress(*body, "hair/" + person.hair, hair_tint, true, hidden, figure.parts); !ok)
      return tl::unexpected(ok.error());
  }
  FigurePart skin = body_part(*body, "body", hidden);
  skin.depth_share = kSkin;
  skin.colors = paint_skin(skin.rest, figure.landmarks, person);
  add_part(std::move(skin), figure.parts);
  for (const bool right : {false, true}) {
    FigurePart eye = body_part(*body, right ? "helper-r-eye" : "helper-l-eye", hidden);
    eye.colors = paint_eye(eye.rest);
    add_part(std::move(eye), figure.parts);
  }
  float sole = std::numeric_limits<float>::infinity();
  for (const FigurePart& part : figure.parts) {
    for (const auto& point : part.rest) sole = std::min(sole, point.y());
  }
  figure.shape = shape_of(figure, person.stature_m, static_cast<double>(sole));
  return figure;
}

}  // namespace reprise::simulation::rendered
