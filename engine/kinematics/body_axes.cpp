// SPDX-License-Identifier: Apache-2.0
#include "engine/kinematics/body_axes.h"

namespace reprise::engine {
namespace {

// Below this length, a direction between two points is noise.
constexpr double kShortestAcrossM = 0.01;

// A left-right line steeper than 60 degrees belongs to a person lying on one side. Noise would then decide
// where that person faces.
constexpr double kLeastLevelShare = 0.5;

}  // namespace

Vec3<Camera> mid_hips(const Pose& pose) {
  return 0.5 * (pose.world_m[Landmark::left_hip] + pose.world_m[Landmark::right_hip]);
}

Vec3<Camera> mid_shoulders(const Pose& pose) {
  return 0.5 * (pose.world_m[Landmark::left_shoulder] + pose.world_m[Landmark::right_shoulder]);
}

std::optional<BodyAxes> trunk_axes(const Pose& pose) {
  const auto up = unit(mid_shoulders(pose) - mid_hips(pose), kShortestAcrossM);
  if (!up) return std::nullopt;
  const Vec3<Camera> across = pose.world_m[Landmark::right_shoulder] - pose.world_m[Landmark::left_shoulder];
  const auto right = unit(across - up->dot(across) * *up, kShortestAcrossM);
  if (!right) return std::nullopt;
  return BodyAxes{up->cross(*right), *up, *right};
}

std::optional<BodyAxes> heading_axes(const Pose& pose) {
  const Vec3<Camera> up = camera_up();
  const Vec3<Camera> across = pose.world_m[Landmark::right_shoulder] - pose.world_m[Landmark::left_shoulder] +
                              pose.world_m[Landmark::right_hip] - pose.world_m[Landmark::left_hip];
  const Vec3<Camera> level = across - up.dot(across) * up;
  const auto right = unit(level, kShortestAcrossM);
  if (!right || level.norm() < kLeastLevelShare * across.norm()) return std::nullopt;
  return BodyAxes{up.cross(*right), up, *right};
}

}  // namespace reprise::engine
