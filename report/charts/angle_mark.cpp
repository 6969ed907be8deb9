// SPDX-License-Identifier: Apache-2.0
#include "report/charts/angle_mark.h"

#include <algorithm>

#include "engine/kinematics/body_axes.h"

namespace reprise::report {
namespace {

using L = engine::Landmark;

double least_visibility(const session::Figure& figure, engine::Measure measure, engine::Side side) {
  double least = 1;
  for (const engine::Landmark l : engine::landmarks_of(measure, side))
    least = std::min(least, figure.visibility[l]);
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

std::optional<AngleMark> angle_mark(const session::Figure& figure, engine::Measure measure,
                                    engine::Side side) {
  if (least_visibility(figure, measure, side) < engine::kMinVisibility) return std::nullopt;
  const auto at = [&](engine::Landmark left) {
    return figure.world_m[side == engine::Side::left ? left : engine::mirrored(left)];
  };
  const auto middle = [&](engine::Landmark left) {
    return 0.5 * (figure.world_m[left] + figure.world_m[engine::mirrored(left)]);
  };
  const Vec3<Camera> trunk_down = middle(L::left_hip) - middle(L::left_shoulder);
  const Vec3<Camera> up{0, -1, 0};
  switch (measure) {
    case engine::Measure::shoulder_elevation:
    case engine::Measure::shoulder_flexion:
    case engine::Measure::shoulder_abduction:
    case engine::Measure::shoulder_plane: return joint(at(L::left_shoulder), trunk_down, at(L::left_elbow));
    case engine::Measure::shoulder_external_rotation: {
      const auto axes = engine::trunk_axes(engine::Pose{{}, figure.world_m, figure.visibility});
      if (!axes) return std::nullopt;
      return joint(at(L::left_elbow), axes->forward, at(L::left_wrist));
    }
    case engine::Measure::wrist_flexion:
      return joint(at(L::left_wrist), at(L::left_wrist) - at(L::left_elbow),
                   0.5 * (at(L::left_index) + at(L::left_pinky)));
    case engine::Measure::elbow_flexion:
      return joint(at(L::left_elbow), at(L::left_elbow) - at(L::left_shoulder), at(L::left_wrist));
    case engine::Measure::hip_flexion:
    case engine::Measure::hip_abduction: return joint(at(L::left_hip), trunk_down, at(L::left_knee));
    case engine::Measure::knee_flexion:
      return joint(at(L::left_knee), at(L::left_knee) - at(L::left_hip), at(L::left_ankle));
    case engine::Measure::ankle_dorsiflexion: {
      const Vec3<Camera> shank = at(L::left_ankle) - at(L::left_knee);
      const Vec3<Camera> foot = at(L::left_foot_index) - at(L::left_heel);
      const double length2 = shank.dot(shank);
      if (!(length2 > 0)) return std::nullopt;
      return joint(at(L::left_ankle), foot - shank * (foot.dot(shank) / length2), at(L::left_foot_index));
    }
    case engine::Measure::trunk_inclination:
    case engine::Measure::trunk_flexion:
    case engine::Measure::trunk_lateral_flexion:
      return joint(middle(L::left_hip), up, middle(L::left_shoulder));
    case engine::Measure::shoulder_obliquity:
    case engine::Measure::pelvic_obliquity: {
      const bool hips = measure == engine::Measure::pelvic_obliquity;
      const Vec3<Camera> left = figure.world_m[hips ? L::left_hip : L::left_shoulder];
      const Vec3<Camera> right = figure.world_m[hips ? L::right_hip : L::right_shoulder];
      const Vec3<Camera> line = right - left;
      return joint(left, Vec3<Camera>{line.v.x(), 0, line.v.z()}, right);
    }
    case engine::Measure::neck_flexion:
    case engine::Measure::neck_rotation: {
      const auto axes = engine::trunk_axes(engine::Pose{{}, figure.world_m, figure.visibility});
      if (!axes) return std::nullopt;
      return joint(middle(L::left_ear), axes->forward, 0.5 * (figure.world_m[L::nose] + middle(L::left_eye)));
    }
    case engine::Measure::neck_lateral_flexion:
      return joint(figure.world_m[L::left_ear],
                   figure.world_m[L::right_shoulder] - figure.world_m[L::left_shoulder],
                   figure.world_m[L::right_ear]);
    case engine::Measure::trunk_rotation:
      return joint(figure.world_m[L::left_shoulder],
                   figure.world_m[L::right_hip] - figure.world_m[L::left_hip],
                   figure.world_m[L::right_shoulder]);
    case engine::Measure::hip_height: return distance(middle(L::left_ankle), middle(L::left_hip));
    case engine::Measure::knee_separation:
      return distance(figure.world_m[L::left_knee], figure.world_m[L::right_knee]);
    case engine::Measure::foot_lift: {
      const Vec3<Camera> foot = at(L::left_ankle);
      return distance(Vec3<Camera>{foot.v.x(), middle(L::left_ankle).v.y() * 2 - foot.v.y(), foot.v.z()},
                      foot);
    }
    case engine::Measure::heel_lift: {
      const Vec3<Camera> heel = at(L::left_heel);
      return distance(Vec3<Camera>{heel.v.x(), at(L::left_foot_index).v.y(), heel.v.z()}, heel);
    }
    case engine::Measure::hip_shift: {
      const Vec3<Camera> feet = middle(L::left_ankle);
      const Vec3<Camera> hips = middle(L::left_hip);
      return distance(Vec3<Camera>{feet.v.x(), hips.v.y(), feet.v.z()}, hips);
    }
    case engine::Measure::step_length:
    case engine::Measure::stance_width:
      return distance(figure.world_m[L::left_ankle], figure.world_m[L::right_ankle]);
    case engine::Measure::muscle_activity: break;
  }
  return std::nullopt;
}

engine::Side better_seen_side(const session::Figure& figure, engine::Measure measure) {
  const double left = least_visibility(figure, measure, engine::Side::left);
  const double right = least_visibility(figure, measure, engine::Side::right);
  return left >= right ? engine::Side::left : engine::Side::right;
}

}  // namespace reprise::report
