// SPDX-License-Identifier: Apache-2.0
#include "engine/exercise/gestures.h"

#include <algorithm>
#include <cmath>

#include "engine/kinematics/body_axes.h"

namespace reprise::engine {
namespace {

constexpr std::array<std::string_view, kGestureCount> kNames = {"hand_up", "arm_out", "wrists_crossed"};

constexpr double kShortestLimbM = 0.05;  // a shorter trunk or arm gives no direction

struct ArmOutLimits {
  double aside;      ///< rad: most, between the arm and the line straight to the side
  double bent;       ///< rad: most, of the elbow
  double other_low;  ///< trunk lengths: least, of the other wrist below its shoulder
};
constexpr double kOneDegree = kPi / 180;
constexpr std::array<ArmOutLimits, 3> kArmOut = {{
    {30 * kOneDegree, 35 * kOneDegree, 0.35},
    {42 * kOneDegree, 50 * kOneDegree, 0.25},
    {55 * kOneDegree, 65 * kOneDegree, -2},  // whatever the other arm does
}};

struct CrossedLimits {
  double past;    ///< trunk lengths: least, of each wrist past the other one
  double raised;  ///< trunk lengths: least, of each wrist above its elbow
  double apart;   ///< trunk lengths: most, between the wrists
};
constexpr std::array<CrossedLimits, 3> kCrossed = {{
    {0.12, 0.1, 0.6},
    {0.02, 0, 0.8},
    {-0.12, -0.3, 1},
}};
// In trunk lengths from the middle of the shoulders: in front of the chest.
constexpr double kChestFrom = -0.8;
constexpr double kChestUntil = 0.3;
constexpr double kBeforeChest = 0.05;

struct Arm {
  Vec3<Camera> shoulder;
  Vec3<Camera> elbow;
  Vec3<Camera> wrist;
  bool seen = false;
};

Arm arm_of(const Pose& pose, Side side) {
  const auto on_side = [&](Landmark left) { return side == Side::left ? left : mirrored(left); };
  const Landmark elbow = on_side(Landmark::left_elbow);
  const Landmark wrist = on_side(Landmark::left_wrist);
  return {pose.world_m[on_side(Landmark::left_shoulder)], pose.world_m[elbow], pose.world_m[wrist],
          std::min(pose.visibility[elbow], pose.visibility[wrist]) >= kMinVisibility};
}

bool arm_is_out(const Pose& pose, Side side, const BodyAxes& axes, double trunk_m,
                const ArmOutLimits& limits) {
  const Arm arm = arm_of(pose, side);
  const Arm other = arm_of(pose, side == Side::left ? Side::right : Side::left);
  const Vec3<Camera> outward = side == Side::right ? axes.right : -1.0 * axes.right;
  const Vec3<Camera> whole = arm.wrist - arm.shoulder;
  const auto aside = angle_between(whole, outward);
  const auto bent = angle_between(arm.elbow - arm.shoulder, arm.wrist - arm.elbow);
  return arm.seen && whole.norm() > kShortestLimbM && aside && *aside <= limits.aside && bent &&
         *bent <= limits.bent && (other.wrist - other.shoulder).dot(axes.up) <= -limits.other_low * trunk_m;
}

bool wrists_are_crossed(const Pose& pose, const BodyAxes& axes, double trunk_m, const CrossedLimits& limits) {
  const Arm left = arm_of(pose, Side::left);
  const Arm right = arm_of(pose, Side::right);
  if (!left.seen || !right.seen) return false;
  const Vec3<Camera> middle = mid_shoulders(pose);
  const auto before_chest = [&](const Arm& arm) {
    const Vec3<Camera> from = arm.wrist - middle;
    const double up = from.dot(axes.up) / trunk_m;
    return up >= kChestFrom && up <= kChestUntil && from.dot(axes.forward) >= kBeforeChest * trunk_m &&
           (arm.wrist - arm.elbow).dot(axes.up) >= limits.raised * trunk_m;
  };
  const Vec3<Camera> across = left.wrist - right.wrist;
  return across.dot(axes.right) >= limits.past * trunk_m && across.norm() <= limits.apart * trunk_m &&
         before_chest(left) && before_chest(right);
}

}  // namespace

std::string_view name(Gesture gesture) {
  return kNames[static_cast<std::size_t>(gesture)];
}

bool shows(Gesture gesture, const Pose& pose, GestureLimits limits) {
  const auto axes = trunk_axes(pose);
  const double trunk_m = (mid_shoulders(pose) - mid_hips(pose)).norm();
  if (!axes || !(trunk_m > kShortestLimbM)) return false;
  const auto row = static_cast<std::size_t>(limits);
  if (gesture == Gesture::wrists_crossed) return wrists_are_crossed(pose, *axes, trunk_m, kCrossed[row]);
  if (gesture != Gesture::arm_out) return false;
  return arm_is_out(pose, Side::left, *axes, trunk_m, kArmOut[row]) ||
         arm_is_out(pose, Side::right, *axes, trunk_m, kArmOut[row]);
}

bool GestureWatch::in_posture(const PoseFrame& frame) {
  if (gesture_ == Gesture::hand_up) {
    hand_.step(frame);
    return hand_.is_up_at(frame.time);
  }
  return frame.pose && shows(gesture_, *frame.pose, since_ ? GestureLimits::keep : GestureLimits::begin);
}

void GestureWatch::step(const PoseFrame& frame) {
  const Seconds time = frame.time;
  if (last_frame_ && !(time > *last_frame_)) return;
  if (last_frame_ && time - *last_frame_ > kHandForgotten) {
    spent_ = spent_ || given_;
    given_ = false;
    since_.reset();
  }
  last_frame_ = time;
  if (in_posture(frame)) {
    if (!since_) since_ = time;
    last_ = time;
  } else if (!since_ || time - last_ > kGestureGap) {
    since_.reset();
    given_ = spent_ = false;
  }
  if (since_ && !spent_ && last_ - *since_ >= kGestureFor) given_ = true;
}

Seconds GestureWatch::held() const {
  return since_ && !spent_ ? last_ - *since_ : Seconds{0};
}

Gestures::Gestures(const GestureChoice& choice) {
  if (choice.hurts) hurts_.emplace(*choice.hurts);
  if (choice.pause) pause_.emplace(*choice.pause);
}

void Gestures::step(const PoseFrame& frame) {
  if (hurts_) hurts_->step(frame);
  if (pause_) pause_->step(frame);
}

std::optional<GestureState> Gestures::now() const {
  if (hurts_ && hurts_->held() > Seconds{0})
    return GestureState{Asked::hurts, hurts_->held(), hurts_->given()};
  if (pause_ && pause_->held() > Seconds{0})
    return GestureState{Asked::pause, pause_->held(), pause_->given()};
  return std::nullopt;
}

}  // namespace reprise::engine
