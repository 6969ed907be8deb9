// SPDX-License-Identifier: Apache-2.0
#include "engine/ergonomics/work_posture.h"

#include <algorithm>
#include <cmath>

#include "engine/kinematics/body_axes.h"

namespace reprise::engine {
namespace {

AngleRange around(double value_rad, double half_width_rad) {
  return {value_rad - half_width_rad, value_rad + half_width_rad};
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
  arm.ahead = around(arcsine(upper_arm.dot(trunk->forward) / length_m), half_width_rad);
  const double to_right = upper_arm.dot(trunk->right) / length_m;
  arm.abduction = around(arcsine(left ? -to_right : to_right), half_width_rad);
  arm.raised = around(arcsine(upper_arm.dot(camera_up()) / length_m) + kPi / 2, half_width_rad);
}

}  // namespace

WorkPosture work_posture(const Pose& pose, const MeasureSet& measures, const HalfWidths& half_width) {
  const auto range_of = [&](Measure measure, Side side = Side::left) -> std::optional<AngleRange> {
    const auto& sample = measures.at(measure, side);
    const auto half_width_rad = half_width(measure, side);
    if (!sample || !half_width_rad) return std::nullopt;
    return around(sample->value, *half_width_rad);
  };
  WorkPosture posture;
  posture.neck_flexion = range_of(Measure::neck_flexion);
  posture.neck_lateral_flexion = range_of(Measure::neck_lateral_flexion);
  posture.neck_rotation = range_of(Measure::neck_rotation);
  posture.trunk_flexion = range_of(Measure::trunk_flexion);
  posture.trunk_lateral_flexion = range_of(Measure::trunk_lateral_flexion);
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

WorkPosture as_measured(WorkPosture posture) {
  const auto to_middle = [](std::optional<AngleRange>& angle) {
    if (angle) angle->least_rad = angle->most_rad = (angle->least_rad + angle->most_rad) / 2;
  };
  for (auto* angle : {&posture.neck_flexion, &posture.neck_lateral_flexion, &posture.neck_rotation,
                      &posture.trunk_flexion, &posture.trunk_lateral_flexion, &posture.trunk_rotation,
                      &posture.knee_flexion[0], &posture.knee_flexion[1]})
    to_middle(*angle);
  for (WorkArm& arm : posture.arms) {
    for (auto* angle :
         {&arm.elevation, &arm.ahead, &arm.abduction, &arm.raised, &arm.elbow_flexion, &arm.wrist_flexion})
      to_middle(*angle);
  }
  return posture;
}

}  // namespace reprise::engine
