// SPDX-License-Identifier: Apache-2.0
#include "session/measurements/visit_whole_body.h"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/pose/picture_points.h"
#include "engine/signal/median.h"

namespace reprise::session {
namespace {

using engine::Combine;
using engine::Measure;
using engine::Pose;
using engine::PoseFrame;
using L = engine::Landmark;

constexpr Seconds kRestBeside{0.5};   // before and after, where rest is looked for
constexpr double kShareBeyond = 0.2;  // beyond a limit. A jump of landmarks is shorter. Unsourced default

/// How far legs may be from where they rest while one joint moves.
struct BodyLimits {
  double hips = 0.15;                 ///< up or down, in leg lengths
  Radians knees{Degrees{45}};         ///< of both on average, of a leg's test of the other one
  std::optional<double> feet = 0.45;  ///< towards or from each other, in leg lengths; empty: one may move
};

bool is_of_leg(Measure m) {
  return m == Measure::hip_flexion || m == Measure::hip_abduction || m == Measure::knee_flexion;
}

/// As the exercise's gates set them for a person who stands: hips at 1, straight knees, feet together.
BodyLimits limits_of(const std::optional<VisitTest>& test) {
  constexpr double kStanding = 0.5;  // a lower gate is of one who lies
  BodyLimits limits;
  if (!test) return limits;
  if (is_of_leg(test->test->camera->measure)) limits.feet.reset();
  for (const engine::Gate& gate : test->exercise->definition.gates) {
    const auto& [least, most] = gate.limits;
    const bool of_both = gate.signal.combine == Combine::mean || gate.signal.combine == Combine::resting;
    if (gate.signal.measure == Measure::hip_height && least && *least > kStanding) limits.hips = 1 - *least;
    if (gate.signal.measure == Measure::knee_flexion && most && of_both) limits.knees = Radians{*most};
    if (gate.signal.measure == Measure::step_length && most && limits.feet) limits.feet = *most;
  }
  return limits;
}

std::optional<double> value_of(const Pose& pose, Measure measure, Side side) {
  const auto sample = engine::measure(pose, measure, side);
  if (!sample) return std::nullopt;
  return sample->value;
}

/// Of the hips above the foot that stands, whichever that is, in leg lengths; both must be seen.
std::optional<double> hips_above_foot(const Pose& pose) {
  const auto hips = value_of(pose, Measure::hip_height, Side::left);
  const auto lift = value_of(pose, Measure::foot_lift, Side::left);
  if (!hips || !lift) return std::nullopt;
  return *hips + std::abs(*lift) / 2;
}

/// Of the hips in the picture, from its upper edge up, in leg lengths.
std::optional<double> hips_in_picture(const Pose& pose, double leg_px) {
  if (!pose.image || !(leg_px > 0)) return std::nullopt;
  return -engine::middle_px(pose, L::left_hip).y() / leg_px;
}

/// Thigh and lower leg of the longer side, as the trunk is seen in the picture: of one who stands upright.
std::optional<double> leg_px(const Pose& pose) {
  if (!pose.image) return std::nullopt;
  const auto& p = pose.world_m;
  const auto length_m = [&](L a, L b) { return (p[a].v - p[b].v).norm(); };
  const double leg_m =
      std::max(length_m(L::left_hip, L::left_knee) + length_m(L::left_knee, L::left_ankle),
               length_m(L::right_hip, L::right_knee) + length_m(L::right_knee, L::right_ankle));
  const auto middle = [&](L left) { return Eigen::Vector3d{(p[left].v + p[engine::mirrored(left)].v) / 2}; };
  const double trunk_m = (middle(L::left_shoulder) - middle(L::left_hip)).norm();
  if (!(trunk_m > 0)) return std::nullopt;
  return engine::trunk_px(pose) * leg_m / trunk_m;
}

/// Of both knees; both must be seen.
std::optional<double> mean_knee(const Pose& pose) {
  const auto left = value_of(pose, Measure::knee_flexion, Side::left);
  const auto right = value_of(pose, Measure::knee_flexion, Side::right);
  if (!left || !right) return std::nullopt;
  return (*left + *right) / 2;
}

/// Whose arms may hide legs and feet, but hardly the hips.
bool is_helper_seen(const FilmedVisit& visit, const RecognizedMovement& movement) {
  return std::any_of(visit.helper.begin(), visit.helper.end(), [&](const PoseFrame& frame) {
    return frame.pose && frame.time >= movement.start - kRestBeside &&
           frame.time <= movement.end + kRestBeside;
  });
}

class Around {
 public:
  Around(std::span<const PoseFrame> smooth, Seconds start, Seconds end) : start_(start), end_(end) {
    for (const PoseFrame& frame : smooth) {
      if (frame.pose && frame.time >= start - kRestBeside && frame.time <= end + kRestBeside)
        frames_.push_back(&frame);
    }
  }

  /// Where a value rested: the median of just before and after.
  template <class Value>
  [[nodiscard]] std::optional<double> rest(Value&& value) const {
    std::vector<double> values;
    for (const PoseFrame* frame : frames_) {
      const std::optional<double> now = is_moving(*frame) ? std::nullopt : value(*frame->pose);
      if (now) values.push_back(*now);
    }
    if (values.empty()) return std::nullopt;
    return engine::median(std::move(values));
  }

  /// Whether a value was farther than `most` from where it rested for a part of the movement.
  template <class Value>
  [[nodiscard]] bool leaves(Value&& value, double most) const {
    const std::optional<double> rested = rest(value);
    if (!rested) return false;
    int seen = 0;
    int beyond = 0;
    for (const PoseFrame* frame : frames_) {
      const std::optional<double> now = is_moving(*frame) ? value(*frame->pose) : std::nullopt;
      if (!now) continue;
      ++seen;
      if (std::abs(*now - *rested) > most) ++beyond;
    }
    return beyond > kShareBeyond * seen;
  }

 private:
  [[nodiscard]] bool is_moving(const PoseFrame& frame) const {
    return frame.time > start_ && frame.time < end_;
  }

  Seconds start_;
  Seconds end_;
  std::vector<const PoseFrame*> frames_;
};

}  // namespace

bool is_of_whole_body(const RecognizedMovement& movement, const FilmedVisit& visit,
                      std::span<const PoseFrame> smooth) {
  const BodyLimits limits = limits_of(movement.test);
  const Around around{smooth, movement.start, movement.end};
  if (const auto leg = around.rest(leg_px)) {
    const auto hips = [&](const Pose& pose) { return hips_in_picture(pose, *leg); };
    if (around.leaves(hips, limits.hips)) return true;
  }
  if (is_helper_seen(visit, movement)) return false;
  const bool of_leg = movement.test && is_of_leg(movement.test->test->camera->measure);
  const auto knees = [&](const Pose& pose) {
    if (of_leg && movement.side) return value_of(pose, Measure::knee_flexion, other(*movement.side));
    return mean_knee(pose);
  };
  const auto feet = [&](Measure measure) {
    return limits.feet &&
           around.leaves([measure](const Pose& pose) { return value_of(pose, measure, Side::left); },
                         *limits.feet);
  };
  return around.leaves(hips_above_foot, limits.hips) || around.leaves(knees, limits.knees.value()) ||
         feet(Measure::step_length) || feet(Measure::stance_width);
}

}  // namespace reprise::session
