// SPDX-License-Identifier: Apache-2.0
#include "engine/kinematics/measure.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/kinematics/body_axes.h"
#include "engine/kinematics/segment_rotation.h"
#include "engine/kinematics/view.h"

namespace reprise::engine {
namespace {

using L = Landmark;
using Point = Vec3<Camera>;

constexpr double rad(double degrees) {
  return degrees * kPi / 180.0;
}

constexpr std::array<MeasureInfo, kMeasureCount> kMeasures = {{
    {"shoulder_elevation", "Shoulder elevation", MeasureUnit::radian, true, Plane::any, 0, kPi},
    {"shoulder_flexion", "Shoulder flexion", MeasureUnit::radian, true, Plane::sagittal, rad(-90), rad(200)},
    {"shoulder_abduction", "Shoulder abduction", MeasureUnit::radian, true, Plane::frontal, rad(-90),
     rad(200)},
    {"shoulder_plane", "Plane of elevation", MeasureUnit::radian, true, Plane::any, -kPi, kPi},
    {"shoulder_external_rotation", "Arm turned out", MeasureUnit::radian, true, Plane::transverse, rad(-120),
     rad(120)},
    {"elbow_flexion", "Elbow flexion", MeasureUnit::radian, true, Plane::any, 0, rad(170)},
    {"wrist_flexion", "Wrist flexion", MeasureUnit::radian, true, Plane::any, rad(-110), rad(110)},
    {"hip_flexion", "Hip flexion", MeasureUnit::radian, true, Plane::sagittal, rad(-60), rad(170)},
    {"hip_abduction", "Hip abduction", MeasureUnit::radian, true, Plane::frontal, rad(-60), rad(90)},
    {"knee_flexion", "Knee flexion", MeasureUnit::radian, true, Plane::sagittal, 0, rad(170)},
    {"ankle_dorsiflexion", "Ankle dorsiflexion", MeasureUnit::radian, true, Plane::sagittal, rad(-90),
     rad(70)},
    {"neck_lateral_flexion", "Neck side bend", MeasureUnit::radian, true, Plane::frontal, rad(-70), rad(70)},
    {"neck_rotation", "Neck rotation", MeasureUnit::radian, true, Plane::transverse, rad(-110), rad(110)},
    {"trunk_rotation", "Trunk rotation", MeasureUnit::radian, true, Plane::transverse, rad(-90), rad(90)},
    {"neck_flexion", "Neck flexion", MeasureUnit::radian, false, Plane::sagittal, rad(-90), rad(90)},
    {"trunk_inclination", "Trunk inclination", MeasureUnit::radian, false, Plane::any, 0, kPi},
    {"trunk_flexion", "Trunk forward lean", MeasureUnit::radian, false, Plane::sagittal, -kPi, kPi},
    {"trunk_lateral_flexion", "Trunk side lean", MeasureUnit::radian, false, Plane::frontal, -kPi, kPi},
    {"shoulder_obliquity", "Shoulder line", MeasureUnit::radian, false, Plane::frontal, rad(-60), rad(60)},
    {"pelvic_obliquity", "Pelvic obliquity", MeasureUnit::radian, false, Plane::frontal, rad(-60), rad(60)},
    {"foot_lift", "Foot lift", MeasureUnit::ratio, true, Plane::any, -2, 2},
    {"heel_lift", "Heel lift", MeasureUnit::ratio, true, Plane::any, -0.5, 0.5},
    {"hip_shift", "Hip shift", MeasureUnit::ratio, true, Plane::frontal, -1, 1},
    {"hip_height", "Hip height", MeasureUnit::ratio, false, Plane::any, -1, 1.5},
    {"knee_separation", "Knee separation", MeasureUnit::ratio, false, Plane::frontal, 0, 10},
    {"step_length", "Step length", MeasureUnit::ratio, true, Plane::sagittal, -2, 2},
    {"stance_width", "Stance width", MeasureUnit::ratio, false, Plane::frontal, 0, 2},
    {"muscle_activity", "Muscle activity", MeasureUnit::ratio, true, Plane::any, 0, 5},
}};

// What each measure rests on, the left side's points; mirrored for the right.
constexpr std::array kArm = {L::left_shoulder, L::left_elbow, L::left_hip, L::right_shoulder};
constexpr std::array kElbow = {L::left_shoulder, L::left_elbow, L::left_wrist};
constexpr std::array kForearm = {L::left_shoulder, L::left_elbow, L::left_wrist, L::left_hip,
                                 L::right_shoulder};
constexpr std::array kWrist = {L::left_elbow, L::left_wrist, L::left_index, L::left_pinky};
constexpr std::array kHip = {L::left_shoulder, L::left_hip, L::left_knee};
constexpr std::array kKnee = {L::left_hip, L::left_knee, L::left_ankle};
constexpr std::array kAnkle = {L::left_knee, L::left_ankle, L::left_heel, L::left_foot_index};
constexpr std::array kHeel = {L::left_heel, L::left_foot_index, L::left_hip,   L::right_hip,
                              L::left_knee, L::right_knee,      L::left_ankle, L::right_ankle};
constexpr std::array kHead = {L::nose,          L::left_eye,       L::right_eye, L::left_ear, L::right_ear,
                              L::left_shoulder, L::right_shoulder, L::left_hip,  L::right_hip};
constexpr std::array kTrunk = {L::left_shoulder, L::right_shoulder, L::left_hip, L::right_hip};
constexpr std::array kShoulders = {L::left_shoulder, L::right_shoulder};
constexpr std::array kHips = {L::left_hip, L::right_hip};
constexpr std::array kLegs = {L::left_hip,   L::right_hip,  L::left_knee,
                              L::right_knee, L::left_ankle, L::right_ankle};

std::span<const Landmark> left_landmarks(Measure m) {
  switch (m) {
    case Measure::shoulder_elevation:
    case Measure::shoulder_flexion:
    case Measure::shoulder_abduction:
    case Measure::shoulder_plane: return kArm;
    case Measure::shoulder_external_rotation: return kForearm;
    case Measure::elbow_flexion: return kElbow;
    case Measure::wrist_flexion: return kWrist;
    case Measure::hip_flexion:
    case Measure::hip_abduction: return kHip;
    case Measure::knee_flexion: return kKnee;
    case Measure::ankle_dorsiflexion: return kAnkle;
    case Measure::neck_lateral_flexion:
    case Measure::neck_rotation:
    case Measure::neck_flexion: return kHead;
    case Measure::trunk_rotation:
    case Measure::trunk_inclination:
    case Measure::trunk_flexion:
    case Measure::trunk_lateral_flexion: return kTrunk;
    case Measure::shoulder_obliquity: return kShoulders;
    case Measure::pelvic_obliquity: return kHips;
    case Measure::heel_lift: return kHeel;
    case Measure::foot_lift:
    case Measure::hip_shift:
    case Measure::hip_height:
    case Measure::knee_separation:
    case Measure::step_length:
    case Measure::stance_width: return kLegs;
    case Measure::muscle_activity: break;
  }
  return {};
}

template <std::size_t N>
constexpr std::array<Landmark, N> mirror_left(const std::array<Landmark, N>& points) {
  std::array<Landmark, N> out = points;
  // From the ears on, odd indices are left and the next one is right.
  for (Landmark& p : out) {
    const auto i = static_cast<std::size_t>(p);
    p = static_cast<Landmark>(i % 2 == 1 ? i + 1 : i - 1);
  }
  return out;
}
constexpr auto kArmRight = mirror_left(kArm);
constexpr auto kElbowRight = mirror_left(kElbow);
constexpr auto kForearmRight = mirror_left(kForearm);
constexpr auto kWristRight = mirror_left(kWrist);
constexpr auto kHipRight = mirror_left(kHip);
constexpr auto kKneeRight = mirror_left(kKnee);
constexpr auto kAnkleRight = mirror_left(kAnkle);
constexpr auto kHeelRight = mirror_left(kHeel);

// atan2 of a swing that can pass overhead: -90 to 270 degrees, so that 185 degrees of elevation is not -175.
double swing(double towards, double down) {
  const double angle = std::atan2(towards, down);
  return angle < -kPi / 2 ? angle + 2 * kPi : angle;
}

// A body's points with the side resolved.
struct Body {
  const Pose& pose;
  Side side;

  [[nodiscard]] const Point& at(Landmark left) const {
    return pose.world_m[side == Side::left ? left : mirrored(left)];
  }
  [[nodiscard]] double outward(const Point& v, const BodyAxes& axes) const {
    const double to_right = v.dot(axes.right);
    return side == Side::right ? to_right : -to_right;
  }
  // Mean length of hip-knee-ankle over both sides: hidden legs come out shorter, so one side alone is no
  // scale.
  [[nodiscard]] double leg_length_m() const {
    double sum = 0;
    for (const Side s : {Side::left, Side::right}) {
      const Body b{pose, s};
      sum +=
          (b.at(L::left_knee) - b.at(L::left_hip)).norm() + (b.at(L::left_ankle) - b.at(L::left_knee)).norm();
    }
    return sum / 2;
  }
  [[nodiscard]] Point ankle_line() const {
    return pose.world_m[L::right_ankle] - pose.world_m[L::left_ankle];
  }
};

std::optional<double> in_leg_lengths(const Body& body, double length_m) {
  const double leg = body.leg_length_m();
  if (!(leg > 0.05)) return std::nullopt;
  return length_m / leg;
}

std::optional<double> arm_value(const Body& body, Measure m) {
  const auto trunk = trunk_axes(body.pose);
  if (!trunk) return std::nullopt;
  const Point arm = body.at(L::left_elbow) - body.at(L::left_shoulder);
  if (!(arm.norm() > 0.01)) return std::nullopt;
  const double down = -arm.dot(trunk->up);
  if (m == Measure::shoulder_elevation) return angle_between(arm, -1.0 * trunk->up);
  if (m == Measure::shoulder_plane) {
    // ISB's plane of elevation (Wu et al. 2005). An arm that hangs or points up lies in every plane; nearer
    // than 45 degrees to that, the noise of one camera turns the plane by 50 degrees and more.
    const double forward = arm.dot(trunk->forward);
    const double outward = body.outward(arm, *trunk);
    if (!(std::hypot(forward, outward) >= std::sqrt(0.5) * arm.norm())) return std::nullopt;
    return std::atan2(forward, outward);
  }
  return swing(m == Measure::shoulder_flexion ? arm.dot(trunk->forward) : body.outward(arm, *trunk), down);
}

std::optional<double> thigh_value(const Body& body, Measure m) {
  const auto trunk = trunk_axes(body.pose);
  if (!trunk) return std::nullopt;
  const Point thigh = body.at(L::left_knee) - body.at(L::left_hip);
  if (!(thigh.norm() > 0.01)) return std::nullopt;
  const double forward = thigh.dot(trunk->forward);
  const double down = -thigh.dot(trunk->up);
  if (m == Measure::hip_flexion) return swing(forward, down);
  return std::atan2(body.outward(thigh, *trunk), std::hypot(forward, down));
}

std::optional<double> trunk_value(const Body& body, Measure m) {
  const Point trunk = mid_shoulders(body.pose) - mid_hips(body.pose);
  if (!(trunk.norm() > 0.01)) return std::nullopt;
  if (m == Measure::trunk_inclination) return angle_between(trunk, camera_up());
  const auto heading = heading_axes(body.pose);
  if (!heading) return std::nullopt;
  const Point& towards = m == Measure::trunk_flexion ? heading->forward : heading->right;
  return std::atan2(trunk.dot(towards), trunk.dot(heading->up));
}

std::optional<double> obliquity(const Point& left_to_right) {
  const double rise = left_to_right.dot(camera_up());
  const double run = std::hypot(left_to_right.v.x(), left_to_right.v.z());
  if (!(run > 0.01)) return std::nullopt;
  return std::atan2(rise, run);
}

std::optional<double> stance_value(const Body& body, Measure m) {
  const auto heading = heading_axes(body.pose);
  if (!heading) return std::nullopt;
  if (m == Measure::hip_shift) {
    const Point feet = 0.5 * (body.pose.world_m[L::left_ankle] + body.pose.world_m[L::right_ankle]);
    return in_leg_lengths(body, body.outward(mid_hips(body.pose) - feet, *heading));
  }
  const Point ankles = body.ankle_line();
  if (m == Measure::step_length) {
    const double right_ahead_m = ankles.dot(heading->forward);
    return in_leg_lengths(body, body.side == Side::right ? right_ahead_m : -right_ahead_m);
  }
  if (m == Measure::stance_width) return in_leg_lengths(body, std::abs(ankles.dot(heading->right)));
  const double apart_m = std::abs(ankles.dot(heading->right));
  if (!(apart_m > 0.05)) return std::nullopt;  // feet together: the denominator is near 0
  const Point knees = body.pose.world_m[L::right_knee] - body.pose.world_m[L::left_knee];
  return std::abs(knees.dot(heading->right)) / apart_m;
}

std::optional<double> value_of(const Body& body, Measure m) {
  switch (m) {
    case Measure::shoulder_elevation:
    case Measure::shoulder_flexion:
    case Measure::shoulder_abduction:
    case Measure::shoulder_plane: return arm_value(body, m);
    case Measure::shoulder_external_rotation: return shoulder_external_rotation(body.pose, body.side);
    case Measure::wrist_flexion: return wrist_flexion(body.pose, body.side);
    case Measure::neck_lateral_flexion: return neck_lateral_flexion(body.pose, body.side);
    case Measure::neck_rotation: return neck_rotation(body.pose, body.side);
    case Measure::neck_flexion: return neck_flexion(body.pose);
    case Measure::trunk_rotation: return trunk_rotation(body.pose, body.side);
    case Measure::elbow_flexion:
      return angle_between(body.at(L::left_elbow) - body.at(L::left_shoulder),
                           body.at(L::left_wrist) - body.at(L::left_elbow));
    case Measure::hip_flexion:
    case Measure::hip_abduction: return thigh_value(body, m);
    case Measure::knee_flexion:
      return angle_between(body.at(L::left_knee) - body.at(L::left_hip),
                           body.at(L::left_ankle) - body.at(L::left_knee));
    case Measure::ankle_dorsiflexion: {
      const auto opening = angle_between(body.at(L::left_knee) - body.at(L::left_ankle),
                                         body.at(L::left_foot_index) - body.at(L::left_heel));
      if (!opening) return std::nullopt;
      return kPi / 2 - *opening;
    }
    case Measure::trunk_inclination:
    case Measure::trunk_flexion:
    case Measure::trunk_lateral_flexion: return trunk_value(body, m);
    case Measure::shoulder_obliquity:
      return obliquity(body.pose.world_m[L::right_shoulder] - body.pose.world_m[L::left_shoulder]);
    case Measure::pelvic_obliquity:
      return obliquity(body.pose.world_m[L::right_hip] - body.pose.world_m[L::left_hip]);
    case Measure::foot_lift: {
      const double right_above_left = body.ankle_line().dot(camera_up());
      return in_leg_lengths(body, body.side == Side::right ? right_above_left : -right_above_left);
    }
    case Measure::heel_lift:
      return in_leg_lengths(body, (body.at(L::left_heel) - body.at(L::left_foot_index)).dot(camera_up()));
    case Measure::hip_height: {
      const Point ankles = 0.5 * (body.pose.world_m[L::left_ankle] + body.pose.world_m[L::right_ankle]);
      return in_leg_lengths(body, (mid_hips(body.pose) - ankles).dot(camera_up()));
    }
    case Measure::hip_shift:
    case Measure::knee_separation:
    case Measure::step_length:
    case Measure::stance_width: return stance_value(body, m);
    case Measure::muscle_activity: break;
  }
  return std::nullopt;
}

// No camera beside a person looks across the transverse plane: half of a turn is always depth, so halfway.
constexpr double kFromBeside = 0.75;

// 1 where the camera looks straight across the plane of movement, 0.5 where it looks along it and all is
// depth.
double view_factor(const Pose& pose, Plane plane) {
  if (plane == Plane::any) return 1.0;
  if (plane == Plane::transverse) return kFromBeside;
  const auto azimuth = facing_azimuth(pose);
  if (!azimuth) return 1.0;  // lying: the camera cannot be told apart from the side
  const double across = plane == Plane::sagittal ? std::sin(azimuth->value()) : std::cos(azimuth->value());
  return 0.5 + 0.5 * std::abs(across);
}

}  // namespace

std::string_view name(Side side) {
  return side == Side::left ? "left" : "right";
}

const MeasureInfo& info(Measure measure) {
  return kMeasures[static_cast<std::size_t>(measure)];
}

std::optional<Measure> measure_from_name(std::string_view name) {
  const auto* const found = std::find_if(kMeasures.begin(), kMeasures.end(),
                                         [&](const MeasureInfo& about) { return about.name == name; });
  if (found == kMeasures.end()) return std::nullopt;
  return static_cast<Measure>(found - kMeasures.begin());
}

std::span<const Landmark> landmarks_of(Measure measure, Side side) {
  const auto left = left_landmarks(measure);
  // Of the head, the trunk and both legs together, either side rests on the same points.
  const bool both =
      left.data() == kLegs.data() || left.data() == kHead.data() || left.data() == kTrunk.data();
  if (side == Side::left || !info(measure).sided || both || left.empty()) return left;
  if (left.data() == kArm.data()) return kArmRight;
  if (left.data() == kForearm.data()) return kForearmRight;
  if (left.data() == kWrist.data()) return kWristRight;
  if (left.data() == kHeel.data()) return kHeelRight;
  if (left.data() == kElbow.data()) return kElbowRight;
  if (left.data() == kHip.data()) return kHipRight;
  if (left.data() == kKnee.data()) return kKneeRight;
  return kAnkleRight;
}

std::optional<Sample> measure(const Pose& pose, Measure measure, Side side) {
  double visibility = 1;
  for (const Landmark l : landmarks_of(measure, side)) visibility = std::min(visibility, pose.visibility[l]);
  if (!(visibility >= kMinVisibility)) return std::nullopt;
  const auto value = value_of(Body{pose, side}, measure);
  const MeasureInfo& about = info(measure);
  if (!value || !(*value >= about.plausible_min && *value <= about.plausible_max)) return std::nullopt;
  return Sample{*value, visibility * view_factor(pose, about.plane)};
}

}  // namespace reprise::engine
