// SPDX-License-Identifier: Apache-2.0
// Poses from which a frame is solved: of the first one, and of one that may have ended beside the best pose.
#include <algorithm>
#include <cmath>

#include "engine/multibody/marker_fit.h"

namespace reprise::engine {
namespace {

/// A turn from frame to frame (rad) or a growth of the RMS distance (m) that calls for another start.
/// Unsourced defaults.
constexpr double kJump = 1.05;
constexpr double kDistanceJump = 0.005;
/// At a bound, or with distances above this (m), another start is tried every tenth frame. Unsourced
/// defaults.
constexpr double kPoorFit = 0.02;
constexpr int kFramesBetweenRetries = 10;

}  // namespace

std::vector<std::vector<double>> MarkerFit::starts(Seconds time) const {
  const MultibodyModel& model = kinematics_.model();
  std::vector<double> begin;
  for (const MultibodyCoordinate& c : model.coordinates)
    begin.push_back(c.clamped && c.min <= c.max ? std::clamp(c.initial, c.min, c.max) : c.initial);
  std::vector<std::vector<double>> out = {begin};
  for (const MultibodyJoint& joint : model.joints) {
    if (joint.parent != 0) continue;
    for (const JointMotion& motion : joint.motions) {
      if (motion.kind != JointMotion::Kind::rotation || !motion.coordinate) continue;
      const MultibodyCoordinate& c = model.coordinates[*motion.coordinate];
      const double turned = c.initial + kPi;
      if (!c.is_free() || (c.clamped && turned > c.max)) continue;
      out.push_back(begin);
      out.back()[*motion.coordinate] = turned;
    }
  }
  for (auto& q : out) settle(q, time);
  return out;
}

bool MarkerFit::is_at_bound(std::size_t coordinate, const std::vector<double>& q) const {
  const MultibodyCoordinate& c = kinematics_.model().coordinates[coordinate];
  return c.clamped && std::min(q[coordinate] - c.min, c.max - q[coordinate]) < 1e-6;
}

/// Where a better pose may lie.
MarkerFit::Doubt MarkerFit::doubt_of(const MarkerFitFrame& found, double value) const {
  const double rms = std::sqrt(2 * value);
  if (rms < kDistanceJump / 10) return Doubt::none;
  if (rms > 2 * std::sqrt(2 * last_value_) + kDistanceJump) return Doubt::anywhere;
  bool rests = rms > kPoorFit;
  for (const std::size_t c : free_) {
    const bool turns = kinematics_.model().coordinates[c].rotational;
    if (turns && std::abs(found.coordinates[c] - (*last_)[c]) > kJump) return Doubt::near_by;
    if (!is_at_bound(c, found.coordinates)) continue;
    if (!is_at_bound(c, *last_)) return Doubt::near_by;
    rests = true;
  }
  return rests && frames_since_retry_ >= kFramesBetweenRetries ? Doubt::near_by : Doubt::none;
}

/// Tries the default pose where the body at the ground is now, that of coordinates at their bounds only, and
/// with `Doubt::anywhere` the starts of a first frame.
void MarkerFit::retry(const Frame& frame, Doubt doubt, MarkerFitFrame& best, double& value) {
  frames_since_retry_ = 0;
  const MultibodyModel& model = kinematics_.model();
  std::vector<std::vector<double>> poses = starts(frame.time);
  std::vector<double> standing = poses.front();
  for (const MultibodyJoint& joint : model.joints) {
    if (joint.parent != 0) continue;
    for (const JointMotion& motion : joint.motions) {
      if (motion.coordinate) standing[*motion.coordinate] = best.coordinates[*motion.coordinate];
    }
  }
  std::vector<double> inside = best.coordinates;
  for (const std::size_t c : free_) {
    if (!is_at_bound(c, inside)) continue;
    const MultibodyCoordinate& coordinate = model.coordinates[c];
    const double middle = (coordinate.min + coordinate.max) / 2;
    inside[c] = is_at_bound(c, poses.front()) && std::isfinite(middle) ? middle : poses.front()[c];
  }
  if (doubt != Doubt::anywhere) poses.clear();
  poses.push_back(std::move(standing));
  poses.push_back(std::move(inside));
  for (const auto& pose : poses) {
    double there = 0;
    multipliers_.resize(0);
    MarkerFitFrame candidate = descend(frame, pose, there);
    // An equal pose by other angles is no better one, and what rounding decides is none.
    if (!(there < 0.9 * value) || value - there < 1e-9) continue;
    value = there;
    best = std::move(candidate);
  }
  multipliers_.resize(0);
}

}  // namespace reprise::engine
