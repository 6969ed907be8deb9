// SPDX-License-Identifier: Apache-2.0
#include "engine/ergonomics/work_posture.h"

#include <algorithm>
#include <cmath>

#include "engine/kinematics/body_axes.h"

namespace reprise::engine {
namespace {

// What an angle can be at all.
constexpr AngleRange kAnyAngle = {-kPi, kPi};
constexpr AngleRange kUnsigned = {0, kPi};
constexpr AngleRange kOutOfAPlane = {-kPi / 2, kPi / 2};

std::optional<AngleRange> around(double value_rad, double half_width_rad, const AngleRange& limits) {
  if (!std::isfinite(value_rad) || !(half_width_rad >= 0)) return std::nullopt;
  return AngleRange{std::clamp(value_rad - half_width_rad, limits.least_rad, limits.most_rad),
                    std::clamp(value_rad + half_width_rad, limits.least_rad, limits.most_rad)};
}

double arcsine(double ratio) {
  return std::asin(std::clamp(ratio, -1.0, 1.0));
}

void add_directions(const Pose& pose, Side side, double half_width_rad, WorkArm& arm) {
  const bool left = side == Side::left;
  const Vec3<Camera> upper_arm = pose.world_m[left ? Landmark::left_elbow : Landmark::right_elbow] -
                                 pose.world_m[left ? Landmark::left_shoulder : Landmark::right_shoulder];
  const auto trunk = trunk_axes(pose);
  const double length_m = upper_arm.norm();
  if (!trunk || !(length_m > 0.01)) return;
  arm.ahead = around(arcsine(upper_arm.dot(trunk->forward) / length_m), half_width_rad, kOutOfAPlane);
  const double to_right = upper_arm.dot(trunk->right) / length_m;
  arm.abduction = around(arcsine(left ? -to_right : to_right), half_width_rad, kOutOfAPlane);
  arm.raised = around(arcsine(upper_arm.dot(camera_up()) / length_m) + kPi / 2, half_width_rad, kUnsigned);
}

std::optional<AngleRange> lean_to_the_side(const Pose& pose, const HalfWidths& half_width) {
  const auto frontal_rad = half_width(Measure::trunk_lateral_flexion, Side::left);
  const auto flexion_rad = half_width(Measure::trunk_flexion, Side::left);
  const auto heading = heading_axes(pose);
  const Vec3<Camera> trunk = mid_shoulders(pose) - mid_hips(pose);
  const double length_m = trunk.norm();
  if (!frontal_rad || !flexion_rad || !heading || !(length_m > 0.01)) return std::nullopt;
  // The measure's error grows as the trunk's share in the frontal plane shrinks; the error of the lean does
  // not.
  const double ahead = std::clamp(trunk.dot(heading->forward) / length_m, -1.0, 1.0);
  const double in_frontal_plane = std::sqrt(1 - ahead * ahead);
  return around(arcsine(trunk.dot(heading->right) / length_m),
                std::hypot(*frontal_rad * in_frontal_plane, *flexion_rad * ahead), kOutOfAPlane);
}

}  // namespace

WorkPosture work_posture(const Pose& pose, const MeasureSet& measures, const HalfWidths& half_width) {
  const auto range_of = [&](Measure measure, Side side = Side::left) -> std::optional<AngleRange> {
    const auto& sample = measures.at(measure, side);
    const auto half_width_rad = half_width(measure, side);
    if (!sample || !half_width_rad) return std::nullopt;
    return around(sample->value, *half_width_rad,
                  measure == Measure::shoulder_elevation ? kUnsigned : kAnyAngle);
  };
  WorkPosture posture;
  posture.neck_flexion = range_of(Measure::neck_flexion);
  posture.neck_lateral_flexion = range_of(Measure::neck_lateral_flexion);
  posture.neck_rotation = range_of(Measure::neck_rotation);
  posture.trunk_flexion = range_of(Measure::trunk_flexion);
  if (measures.at(Measure::trunk_lateral_flexion, Side::left))
    posture.trunk_lateral_flexion = lean_to_the_side(pose, half_width);
  posture.trunk_rotation = range_of(Measure::trunk_rotation);
  for (const Side side : {Side::left, Side::right}) {
    WorkArm& arm = posture.arms[static_cast<std::size_t>(side)];
    arm.elevation = range_of(Measure::shoulder_elevation, side);
    arm.elbow_flexion = range_of(Measure::elbow_flexion, side);
    arm.wrist_flexion = range_of(Measure::wrist_flexion, side);
    posture.knee_flexion[static_cast<std::size_t>(side)] = range_of(Measure::knee_flexion, side);
    if (arm.elevation) add_directions(pose, side, *half_width(Measure::shoulder_elevation, side), arm);
  }
  return posture;
}

}  // namespace reprise::engine
