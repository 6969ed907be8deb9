// SPDX-License-Identifier: Apache-2.0
#include "engine/orientation/live_joint.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace reprise::engine {
namespace {

/// As SensorPairOptions::bridged, with room for the interpolation: a longer hole between two pairs.
constexpr Seconds kHole{0.12};

double turned_range_rad(const InertialSamples& samples, const Vec3<Sensor>& bias_radps) {
  // Of the axis that turns most, whichever it is: enough to tell degrees from radians.
  double widest = 0;
  for (int axis = 0; axis < 3; ++axis) {
    double angle = 0;
    double least = 0;
    double most = 0;
    for (const auto& w : samples.angular_velocity_radps) {
      angle += (w.v[axis] - bias_radps.v[axis]) * period(samples.rate).value();
      least = std::min(least, angle);
      most = std::max(most, angle);
    }
    widest = std::max(widest, most - least);
  }
  return widest;
}

bool shows_gravity(const InertialSamples& samples, double max_error) {
  Eigen::Vector3d sum = Eigen::Vector3d::Zero();
  for (const auto& a : samples.acceleration_mps2) sum += a.v;
  const double mean =
      sum.norm() / static_cast<double>(std::max<std::size_t>(1, samples.acceleration_mps2.size()));
  return std::abs(mean / kGravityMps2 - 1) <= max_error;
}

}  // namespace

std::string_view name(JointStep step) {
  constexpr std::array<std::string_view, 3> kNames = {"pose", "movement", "tracking"};
  return kNames[static_cast<std::size_t>(step)];
}

std::string_view name(JointTrouble trouble) {
  constexpr std::array<std::string_view, 4> kNames = {"too_little", "gravity_off", "velocity_off",
                                                      "took_too_long"};
  return kNames[static_cast<std::size_t>(trouble)];
}

void LiveJoint::Kept::add(const OrientationSample& a, const OrientationSample& b) {
  first.acceleration_mps2.push_back(a.acceleration_mps2);
  first.angular_velocity_radps.push_back(a.angular_velocity_radps);
  second.acceleration_mps2.push_back(b.acceleration_mps2);
  second.angular_velocity_radps.push_back(b.angular_velocity_radps);
}

void LiveJoint::Kept::clear() {
  for (InertialSamples* samples : {&first, &second}) {
    samples->acceleration_mps2.clear();
    samples->angular_velocity_radps.clear();
  }
}

LiveJoint::LiveJoint(Hertz rate, const LiveJointOptions& options)
    : rate_(rate),
      options_(options),
      first_rest_(rate),
      second_rest_(rate),
      first_by_gravity_(rate),
      second_by_gravity_(rate) {
  for (Kept* kept : {&pose_, &movement_}) kept->first.rate = kept->second.rate = rate;
}

void LiveJoint::calibrate() {
  pose_.clear();
  movement_.clear();
  still_s_ = 0;
  odd_s_ = 0;
  moved_ = false;
  calibration_.reset();
  angle_.reset();
  state_ = {};
}

JointAngleOptions LiveJoint::angle_options() const {
  JointAngleOptions options;
  options.filter.rate = rate_;
  return options;
}

void LiveJoint::fail_with(JointTrouble trouble) {
  calibrate();
  state_.trouble = trouble;
}

const LiveJointState& LiveJoint::step(const PairedSample& pair) {
  state_.angle.reset();
  const bool hole = last_ && pair.time - *last_ > kHole;
  if (hole || !pair.first || !pair.second) {
    still_s_ = 0;
    angle_.reset();
    if (state_.step == JointStep::pose) pose_.clear();
    if (state_.step == JointStep::movement) fail_with(JointTrouble::too_little);
    state_.wait_still = state_.step == JointStep::tracking;
  }
  if (!pair.first || !pair.second) return state_;
  last_ = pair.time;
  const bool first_still =
      first_rest_.step(pair.first->acceleration_mps2, pair.first->angular_velocity_radps);
  const bool second_still =
      second_rest_.step(pair.second->acceleration_mps2, pair.second->angular_velocity_radps);
  const bool still = first_still && second_still;
  still_s_ = still ? still_s_ + period(rate_).value() : 0;
  switch (state_.step) {
    case JointStep::pose: hold_pose(pair, still); break;
    case JointStep::movement: swing(pair, still); break;
    case JointStep::tracking: track(pair, still); break;
  }
  return state_;
}

bool LiveJoint::rests_oddly(const PairedSample& pair, bool still) {
  const bool first = first_by_gravity_.step(pair.first->acceleration_mps2, {});
  const bool second = second_by_gravity_.step(pair.second->acceleration_mps2, {});
  odd_s_ = first && second && !still ? odd_s_ + period(rate_).value() : 0;
  return odd_s_ >= options_.odd_rest.value();
}

void LiveJoint::hold_pose(const PairedSample& pair, bool still) {
  if (rests_oddly(pair, still)) return fail_with(JointTrouble::velocity_off);
  if (!still) pose_.clear();
  if (still) pose_.add(*pair.first, *pair.second);
  state_.share = std::min(1.0, still_s_ / options_.pose.value());
  if (still_s_ < options_.pose.value()) return;
  if (!shows_gravity(pose_.first, options_.max_gravity_error) ||
      !shows_gravity(pose_.second, options_.max_gravity_error))
    return fail_with(JointTrouble::gravity_off);
  state_ = {};
  state_.step = JointStep::movement;
  still_s_ = 0;
  moved_ = false;
}

void LiveJoint::swing(const PairedSample& pair, bool still) {
  movement_.add(*pair.first, *pair.second);
  moved_ = moved_ || !still;
  const double length_s =
      static_cast<double>(movement_.first.acceleration_mps2.size()) * period(rate_).value();
  state_.share = moved_ ? std::min(1.0, still_s_ / options_.after.value()) : 0;
  if (length_s > options_.longest.value()) return fail_with(JointTrouble::took_too_long);
  if (!moved_ || still_s_ < options_.after.value() || length_s < options_.least_movement.value()) return;
  const auto calibration = calibrate_joint(pose_.first, pose_.second, movement_.first, movement_.second);
  if (!calibration) return fail_with(JointTrouble::too_little);
  const double limit_rad = Radians{options_.most_movement}.value();
  if (turned_range_rad(movement_.first, calibration->proximal.gyroscope_bias_radps) > limit_rad ||
      turned_range_rad(movement_.second, calibration->distal.gyroscope_bias_radps) > limit_rad)
    return fail_with(JointTrouble::velocity_off);
  calibration_ = *calibration;
  movement_.clear();
  state_ = {};
  state_.step = JointStep::tracking;
  angle_.emplace(*calibration_, angle_options());
}

void LiveJoint::track(const PairedSample& pair, bool still) {
  if (!angle_) {
    // The filters begin with gravity, which only a sensor at rest shows.
    state_.wait_still = true;
    if (!still || still_s_ < options_.settle.value()) return;
    angle_.emplace(*calibration_, angle_options());
  }
  state_.wait_still = false;
  state_.angle = angle_->step(*pair.first, *pair.second);
}

}  // namespace reprise::engine
