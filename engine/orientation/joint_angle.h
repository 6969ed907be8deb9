// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "base/result.h"
#include "engine/orientation/error_state_filter.h"
#include "engine/signal/inertial.h"

namespace reprise::engine {

/// ISB axes of a limb's segment in the upright pose: x forward, y up along the hanging limb, z to the
/// person's right. A limb that swings forward turns about +z.
struct Segment;

struct SegmentCalibration {
  Rotation<Segment, Sensor> rotation;
  Vec3<Sensor> gyroscope_bias_radps;  ///< from the pose
  /// Share of the movement's rotation about its main axis, 1/3 to 1.
  double main_axis_share = 0;
};

struct JointCalibration {
  SegmentCalibration proximal, distal;
};

struct JointCalibrationOptions {
  Radians least_movement{Degrees{20}};  ///< range about the main axis in the movement. Unsourced default
  double min_main_axis_share = 0.7;     ///< less is no movement in one plane. Unsourced default
};

/// Functional calibration of two sensors on neighboring segments, from an upright pose held still, and a
/// movement of the whole limb forward and back about the joint's main axis, beginning forward, so that both
/// segments turn the same way. Up is gravity in the pose; z is the first principal component of the angular
/// velocity in the movement, made square to up, its sign by the first turn of the distal segment. Both
/// sensors' stretches cover the same time. Assumptions as in Seel et al. 2014 (as the README of github
/// Nagillimi/hinge lists them): fixed sensors either side of the joint, and one axis that dominates; their
/// optimization over both sensors is not used. Errors: invalid_argument (as check_inertial; no gyroscope;
/// different lengths), nothing_measured (no rest in the pose, too little movement, or not in one plane).
[[nodiscard]] Result<JointCalibration> calibrate_joint(const InertialView& proximal_pose,
                                                       const InertialView& distal_pose,
                                                       const InertialView& proximal_movement,
                                                       const InertialView& distal_movement,
                                                       const JointCalibrationOptions& options = {});

struct JointAngleOptions {
  ErrorStateFilterOptions filter;
  /// In which the heading of one sensor follows the other's, by the joint's axis. Unsourced default
  Seconds heading_time{3};
  double min_axis_level = 0.3;  ///< horizontal part of the axis; below, it shows no heading. Unsourced
};

/// Angle of a joint between two sensors, live. Each sensor's attitude comes from an error-state filter;
/// without magnetometers their headings drift apart, which the joint's main axis, common to both segments,
/// takes back slowly. Positive: the distal segment turned forward (about +z) against the proximal one:
/// flexion of hip, shoulder and elbow, extension of the knee. 0 in the upright pose.
class JointAngle {
 public:
  explicit JointAngle(const JointCalibration& calibration, const JointAngleOptions& options = {});

  /// -pi to pi; nullopt while the segments' long axis points along the joint's (no angle about it).
  std::optional<Radians> step(const OrientationSample& proximal, const OrientationSample& distal);

 private:
  JointCalibration calibration_;
  JointAngleOptions options_;
  ErrorStateFilter proximal_;
  ErrorStateFilter distal_;
  double heading_rad_ = 0;  ///< that turns the distal level axes to the proximal ones
  bool started_ = false;
};

}  // namespace reprise::engine
