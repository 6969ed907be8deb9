// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "engine/kinematics/body_axes.h"
#include "engine/kinematics/measure.h"
#include "session/measurements/camera_function_tests.h"

namespace reprise::session {
namespace {

using L = engine::Landmark;

constexpr std::array<std::array<L, 3>, 2> kLegs = {
    {{L::left_hip, L::left_knee, L::left_ankle}, {L::right_hip, L::right_knee, L::right_ankle}}};

double visibility_of(const engine::Pose& pose, const std::array<L, 3>& leg) {
  double least = 1;
  for (const L point : leg) least = std::min<double>(least, pose.visibility[point]);
  return least;
}

/// The leg that more frames show; of equal ones the one that is seen better.
const std::array<L, 3>& seen_leg(std::span<const engine::PoseFrame> frames) {
  std::array<std::pair<int, double>, 2> seen{};
  for (const engine::PoseFrame& frame : frames) {
    if (!frame.pose) continue;
    for (std::size_t i = 0; i < kLegs.size(); ++i) {
      const double visibility = visibility_of(*frame.pose, kLegs[i]);
      seen[i].first += visibility >= engine::kMinVisibility ? 1 : 0;
      seen[i].second += visibility;
    }
  }
  return kLegs[seen[1] > seen[0] ? 1 : 0];
}

std::optional<double> height_over_ankle(const engine::Pose& pose, const std::array<L, 3>& leg) {
  if (!(visibility_of(pose, leg) >= engine::kMinVisibility)) return std::nullopt;
  const auto& [hip, knee, ankle] = leg;
  const double length_m =
      (pose.world_m[knee] - pose.world_m[hip]).norm() + (pose.world_m[ankle] - pose.world_m[knee]).norm();
  if (!(length_m > 0.05)) return std::nullopt;
  return (pose.world_m[hip] - pose.world_m[ankle]).dot(engine::camera_up()) / length_m;
}

}  // namespace

engine::Curve hip_height_curve(const Recorded& recorded) {
  engine::Curve both;
  std::vector<std::optional<double>> one;
  const auto& leg = seen_leg(recorded.frames);
  bool hidden = false;
  for (std::size_t i = 0; i < recorded.frames.size(); ++i) {
    const engine::PoseFrame& frame = recorded.frames[i];
    const auto& sample = recorded.measures[i].at(engine::Measure::hip_height, Side::left);
    both.times.push_back(frame.time);
    both.values.push_back(sample ? std::optional{sample->value} : std::nullopt);
    one.push_back(frame.pose ? height_over_ankle(*frame.pose, leg) : std::nullopt);
    hidden = hidden || (!sample && one.back());
  }
  if (hidden) both.values = std::move(one);
  return both;
}

}  // namespace reprise::session
