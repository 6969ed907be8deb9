// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>
#include <optional>

#include "base/frames.h"
#include "engine/pose/landmarks.h"
#include "engine/skeleton/skeleton.h"

namespace reprise::engine {

/// The body at one instant.
struct BodyState {
  Eigen::Matrix3d pelvis = Eigen::Matrix3d::Identity();  ///< its axes (columns) in camera axes
  Posture posture;        ///< without the pelvis movements, which `pelvis` holds
  Vec3<Camera> mid_hips;  ///< where the body's mid-hips lie in the pose's own axes
};

/// A pinhole that the picture came through; lens distortion is not modeled.
struct Pinhole {
  double focal_px = 0;
  double center_x_px = 0;
  double center_y_px = 0;
};

struct FrameFitOptions {
  Meters across{0.02};   ///< believed deviation of a landmark's meters in the picture's plane
  Meters depth{0.03};    ///< the same along the camera's axis
  Meters picture{0.02};  ///< the same for its pixels, seen at the person's distance
  double outlier = 3;    ///< so many deviations off, a landmark counts half. Unsourced default
  Radians pull{0.5};     ///< believed deviation of a movement from the state before. Unsourced default
  int max_steps = 12;
  std::optional<Pinhole> pinhole = {};  ///< empty: picture positions are not used
};

struct FrameFit {
  BodyState state;
  double error_m = 0;  ///< root mean square distance to the landmarks' meters, weighted as in the fit
  int steps = 0;
};

/// Finds the posture whose landmarks lie nearest to `pose`: least squares over meters and pixels with
/// landmarks weighted by their visibility and outliers by Cauchy's function, joint limits as soft walls, and
/// a faint pull to `before`, the state a moment ago, that decides only what the landmarks leave open
/// (Levenberg-Marquardt with the skeleton's analytic Jacobian). What no landmark shows stays as it was;
/// pelvis tilt cannot be told from bending of the trunk, and goes with the trunk. Never fails: where nothing
/// is visible the state is `before`.
[[nodiscard]] FrameFit fit_frame(const BodyShape& shape, const Pose& pose,
                                 const std::optional<BodyState>& before, const FrameFitOptions& options = {});

/// A state read off the landmarks joint by joint, to start from.
[[nodiscard]] BodyState initial_guess(const Pose& pose);

/// The body's landmarks in the pose's axes.
[[nodiscard]] PerLandmark<Vec3<Camera>> landmarks_of(const BodyShape& shape, const BodyState& state);

/// How far a landmark counts in a fit, 0 to 1: face and hands move apart from the rigid parts that stand for
/// them. Unsourced defaults.
[[nodiscard]] double fit_weight(Landmark landmark);

}  // namespace reprise::engine
