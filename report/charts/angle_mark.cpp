#include "report/charts/angle_mark.h"

#include <algorithm>

#include "engine/kinematics/body_axes.h"

namespace reprise {
namespace {

using L = Landmark;

double least_visibility(const Figure& figure, Measure measure, Side side) {
  double least = 1;
  for (const Landmark l : landmarks_of(measure, side)) least = std::min(least, figure.visibility[l]);
  return least;
}

AngleMark joint(const Vec3<Camera>& vertex, const Vec3<Camera>& direction, const Vec3<Camera>& limb) {
  const double length = direction.norm();
  return {vertex, length > 0 ? direction * ((limb - vertex).norm() / length) : direction, limb, true};
}

AngleMark distance(const Vec3<Camera>& from, const Vec3<Camera>& to) {
  return {from, Vec3<Camera>{}, to, false};
}

}  // namespace

std::optional<AngleMark> angle_mark(const Figure& figure, Measure measure, Side side) {
  if (least_visibility(figure, measure, side) < kMinVisibility) return std::nullopt;
  const auto at = [&](Landmark left) { return figure.world_m[side == Side::left ? left : mirrored(left)]; };
  const auto middle = [&](Landmark left) {
    return 0.5 * (figure.world_m[left] + figure.world_m[mirrored(left)]);
  };
  const Vec3<Camera> trunk_down = middle(L::left_hip) - middle(L::left_shoulder);
  const Vec3<Camera> up{0, -1, 0};
  switch (measure) {
    case Measure::shoulder_elevation:
    case Measure::shoulder_flexion:
    case Measure::shoulder_abduction:
    case Measure::shoulder_plane: return joint(at(L::left_shoulder), trunk_down, at(L::left_elbow));
    case Measure::shoulder_external_rotation: {
      const auto axes = trunk_axes(Pose{{}, figure.world_m, figure.visibility});
      if (!axes) return std::nullopt;
      return joint(at(L::left_elbow), axes->forward, at(L::left_wrist));
    }
    case Measure::wrist_flexion:
      return joint(at(L::left_wrist), at(L::left_wrist) - at(L::left_elbow),
                   0.5 * (at(L::left_index) + at(L::left_pinky)));
    case Measure::elbow_flexion:
      return joint(at(L::left_elbow), at(L::left_elbow) - at(L::left_shoulder), at(L::left_wrist));
    case Measure::hip_flexion:
    case Measure::hip_abduction: return joint(at(L::left_hip), trunk_down, at(L::left_knee));
    case Measure::knee_flexion:
      return joint(at(L::left_knee), at(L::left_knee) - at(L::left_hip), at(L::left_ankle));
    case Measure::ankle_dorsiflexion: {
      const Vec3<Camera> shank = at(L::left_ankle) - at(L::left_knee);
      const Vec3<Camera> foot = at(L::left_foot_index) - at(L::left_heel);
      const double length2 = shank.dot(shank);
      if (!(length2 > 0)) return std::nullopt;
      return joint(at(L::left_ankle), foot - shank * (foot.dot(shank) / length2), at(L::left_foot_index));
    }
    case Measure::trunk_inclination:
    case Measure::trunk_flexion:
    case Measure::trunk_lateral_flexion: return joint(middle(L::left_hip), up, middle(L::left_shoulder));
    case Measure::shoulder_obliquity:
    case Measure::pelvic_obliquity: {
      const bool hips = measure == Measure::pelvic_obliquity;
      const Vec3<Camera> left = figure.world_m[hips ? L::left_hip : L::left_shoulder];
      const Vec3<Camera> right = figure.world_m[hips ? L::right_hip : L::right_shoulder];
      const Vec3<Camera> line = right - left;
      return joint(left, Vec3<Camera>{line.v.x(), 0, line.v.z()}, right);
    }
    case Measure::neck_flexion:
    case Measure::neck_rotation: {
      const auto axes = trunk_axes(Pose{{}, figure.world_m, figure.visibility});
      if (!axes) return std::nullopt;
      return joint(middle(L::left_ear), axes->forward, 0.5 * (figure.world_m[L::nose] + middle(L::left_eye)));
    }
    case Measure::neck_lateral_flexion:
      return joint(figure.world_m[L::left_ear],
                   figure.world_m[L::right_shoulder] - figure.world_m[L::left_shoulder],
                   figure.world_m[L::right_ear]);
    case Measure::trunk_rotation:
      return joint(figure.world_m[L::left_shoulder],
                   figure.world_m[L::right_hip] - figure.world_m[L::left_hip],
                   figure.world_m[L::right_shoulder]);
    case Measure::hip_height: return distance(middle(L::left_ankle), middle(L::left_hip));
    case Measure::knee_separation:
      return distance(figure.world_m[L::left_knee], figure.world_m[L::right_knee]);
    case Measure::foot_lift: {
      const Vec3<Camera> foot = at(L::left_ankle);
      return distance(Vec3<Camera>{foot.v.x(), middle(L::left_ankle).v.y() * 2 - foot.v.y(), foot.v.z()},
                      foot);
    }
    case Measure::heel_lift: {
      const Vec3<Camera> heel = at(L::left_heel);
      return distance(Vec3<Camera>{heel.v.x(), at(L::left_foot_index).v.y(), heel.v.z()}, heel);
    }
    case Measure::hip_shift: {
      const Vec3<Camera> feet = middle(L::left_ankle);
      const Vec3<Camera> hips = middle(L::left_hip);
      return distance(Vec3<Camera>{feet.v.x(), hips.v.y(), feet.v.z()}, hips);
    }
    case Measure::step_length:
    case Measure::stance_width:
      return distance(figure.world_m[L::left_ankle], figure.world_m[L::right_ankle]);
  }
  return std::nullopt;
}

Side better_seen_side(const Figure& figure, Measure measure) {
  const double left = least_visibility(figure, measure, Side::left);
  const double right = least_visibility(figure, measure, Side::right);
  return left >= right ? Side::left : Side::right;
}

}  // namespace reprise
