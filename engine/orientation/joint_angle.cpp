// SPDX-License-Identifier: Apache-2.0
#include "engine/orientation/joint_angle.h"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "engine/orientation/rest.h"

namespace reprise::engine {
namespace {

constexpr const char* kJointCalibration = "calibration of a joint";

/// What a pose held still shows.
struct Pose {
  Eigen::Vector3d up;
  Vec3<Sensor> bias_radps;
};

Result<Pose> read_pose(const InertialView& samples) {
  if (auto ok = check_inertial(samples, kJointCalibration); !ok) return tl::unexpected(ok.error());
  if (!samples.has_gyroscope()) {
    return fail(ErrorCode::invalid_argument, kJointCalibration, "a recording has no gyroscope",
                "record acceleration and angular velocity together");
  }
  const auto rests = find_rests(samples);
  if (!rests) return tl::unexpected(rests.error());
  const auto bias = gyroscope_bias(samples, *rests);
  if (!bias) {
    return fail(ErrorCode::nothing_measured, kJointCalibration, "the upright pose is not held still",
                "stand still for two seconds and repeat");
  }
  Eigen::Vector3d sum = Eigen::Vector3d::Zero();
  for (const auto& rest : *rests) {
    for (std::size_t i = rest.begin; i < rest.end; ++i) sum += samples.acceleration_mps2[i].v;
  }
  return Pose{sum.normalized(), *bias};
}

/// The main axis of rotation, and the angle about it over the movement.
struct MainRotation {
  Eigen::Vector3d axis;
  double share = 0;
  std::vector<double> rate_radps;
  double range_rad = 0;
};

MainRotation main_rotation(const InertialView& samples, const Vec3<Sensor>& bias_radps) {
  Eigen::Matrix3d scatter = Eigen::Matrix3d::Zero();
  for (const auto& w : samples.angular_velocity_radps) {
    const Eigen::Vector3d d = w.v - bias_radps.v;
    scatter += d * d.transpose();
  }
  const Eigen::SelfAdjointEigenSolver<Eigen::Matrix3d> solver(scatter);
  MainRotation main;
  main.axis = solver.eigenvectors().col(2);
  const double total = solver.eigenvalues().sum();
  main.share = total > 0 ? solver.eigenvalues()[2] / total : 0;
  double angle = 0;
  double least = 0;
  double most = 0;
  for (const auto& w : samples.angular_velocity_radps) {
    main.rate_radps.push_back(main.axis.dot(w.v - bias_radps.v));
    angle += main.rate_radps.back() * period(samples.rate).value();
    least = std::min(least, angle);
    most = std::max(most, angle);
  }
  main.range_rad = most - least;
  return main;
}

/// The sign of the first turn that reaches a third of the whole range.
double first_turn_sign(const MainRotation& main, Hertz rate) {
  double angle = 0;
  for (const double w : main.rate_radps) {
    angle += w * period(rate).value();
    if (std::abs(angle) > main.range_rad / 3) return angle > 0 ? 1 : -1;
  }
  return 1;
}

SegmentCalibration segment_axes(const Pose& pose, const MainRotation& main, double sign) {
  const Eigen::Vector3d right = (sign * (main.axis - pose.up * pose.up.dot(main.axis))).normalized();
  SegmentCalibration segment;
  segment.rotation.m.row(0) = pose.up.cross(right).transpose();
  segment.rotation.m.row(1) = pose.up.transpose();
  segment.rotation.m.row(2) = right.transpose();
  segment.gyroscope_bias_radps = pose.bias_radps;
  segment.main_axis_share = main.share;
  return segment;
}

Result<void> check_movement(const MainRotation& main, const Pose& pose,
                            const JointCalibrationOptions& options) {
  const auto refuse = [](std::string cause) {
    return fail(ErrorCode::nothing_measured, kJointCalibration, std::move(cause),
                "swing the whole limb forward and back a few times");
  };
  if (main.range_rad < options.least_movement.value())
    return refuse("a segment hardly turns in the movement");
  if (main.share < options.min_main_axis_share) return refuse("the movement is not in one plane");
  constexpr double kLevel = 0.7;  // sine of 45 degrees
  if (main.axis.cross(pose.up).norm() < kLevel) return refuse("a segment turns about its long axis");
  return {};
}

}  // namespace

Result<JointCalibration> calibrate_joint(const InertialView& proximal_pose, const InertialView& distal_pose,
                                         const InertialView& proximal_movement,
                                         const InertialView& distal_movement,
                                         const JointCalibrationOptions& options) {
  const std::array<const InertialView*, 2> poses{&proximal_pose, &distal_pose};
  const std::array<const InertialView*, 2> movements{&proximal_movement, &distal_movement};
  std::array<Pose, 2> pose;
  std::array<MainRotation, 2> main;
  for (std::size_t i = 0; i < 2; ++i) {
    const auto read = read_pose(*poses[i]);
    if (!read) return tl::unexpected(read.error());
    pose[i] = *read;
    if (auto ok = check_inertial(*movements[i], kJointCalibration); !ok) return tl::unexpected(ok.error());
    if (!movements[i]->has_gyroscope() || movements[i]->size() != movements[0]->size()) {
      return fail(ErrorCode::invalid_argument, kJointCalibration,
                  "the movement's recordings differ in length, or one has no gyroscope",
                  "record both sensors over the same time");
    }
    main[i] = main_rotation(*movements[i], pose[i].bias_radps);
    if (auto ok = check_movement(main[i], pose[i], options); !ok) return tl::unexpected(ok.error());
  }
  const double distal_sign = first_turn_sign(main[1], distal_movement.rate);
  double together = 0;
  for (std::size_t i = 0; i < main[0].rate_radps.size(); ++i) {
    together += main[0].rate_radps[i] * main[1].rate_radps[i];
  }
  const double proximal_sign = together > 0 ? distal_sign : -distal_sign;
  return JointCalibration{segment_axes(pose[0], main[0], proximal_sign),
                          segment_axes(pose[1], main[1], distal_sign)};
}

JointAngle::JointAngle(const JointCalibration& calibration, const JointAngleOptions& options)
    : calibration_(calibration), options_(options), proximal_(options.filter), distal_(options.filter) {}

std::optional<Radians> JointAngle::step(const OrientationSample& proximal, const OrientationSample& distal) {
  const auto without_bias = [](OrientationSample sample, const SegmentCalibration& segment) {
    sample.angular_velocity_radps = sample.angular_velocity_radps - segment.gyroscope_bias_radps;
    return sample;
  };
  const Rotation<Level, Segment> p =
      proximal_.step(without_bias(proximal, calibration_.proximal)).rotation() *
      calibration_.proximal.rotation.inverse();
  const Rotation<Level, Segment> d = distal_.step(without_bias(distal, calibration_.distal)).rotation() *
                                     calibration_.distal.rotation.inverse();
  const Vec3<Segment> right(0, 0, 1);
  const Eigen::Vector3d p_right = (p * right).v;
  const Eigen::Vector3d d_right = (d * right).v;
  if (std::hypot(p_right.x(), p_right.z()) > options_.min_axis_level &&
      std::hypot(d_right.x(), d_right.z()) > options_.min_axis_level) {
    // A turn by +angle about y takes z towards x, hence atan2 of x by z.
    const double apart = std::atan2(p_right.x(), p_right.z()) - std::atan2(d_right.x(), d_right.z());
    const double error = std::remainder(apart - heading_rad_, 2 * kPi);
    const double gain = std::min(1.0, period(options_.filter.rate) / options_.heading_time);
    heading_rad_ = std::remainder(heading_rad_ + error * (started_ ? gain : 1), 2 * kPi);
    started_ = true;
  }
  const Eigen::Matrix3d turn = rotation_of({0, heading_rad_, 0}).toRotationMatrix();
  const Eigen::Vector3d long_axis = p.m.transpose() * (turn * (d * Vec3<Segment>(0, 1, 0)).v);
  if (std::hypot(long_axis.x(), long_axis.y()) < 0.1) return std::nullopt;
  return Radians{std::atan2(-long_axis.x(), long_axis.y())};
}

}  // namespace reprise::engine
