// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "engine/cameras/camera_model.h"
#include "engine/cameras/triangulate.h"
#include "engine/inverse_kinematics/rig_rays.h"

namespace reprise::engine {

/// One camera's recording of a movement. `frames`: with picture positions in the camera's own pixels.
struct CameraTrack {
  CameraModel camera;
  std::span<const PoseFrame> frames;
  Seconds lag{0};  ///< what its clock shows beyond the first camera's at the same moment
};

/// Level axes at the first camera's lens: x right, y down along gravity, z away; and the way back to the
/// room.
struct LevelAxes {
  Eigen::Matrix3d from_room = Eigen::Matrix3d::Identity();
  Eigen::Vector3d lens_m = Eigen::Vector3d::Zero();  ///< of the first camera, room axes

  [[nodiscard]] Eigen::Vector3d to_room(const Eigen::Vector3d& level_m) const {
    return from_room.transpose() * level_m + lens_m;
  }
};
[[nodiscard]] LevelAxes level_axes(const CameraModel& first);
[[nodiscard]] RigView view_in(const LevelAxes& axes, const CameraModel& camera);

/// How a camera's landmarks agree with the points of all.
struct CameraAgreement {
  std::size_t rays = 0;       ///< of points that two or more cameras see
  std::size_t left_out = 0;   ///< of these, too far off
  std::size_t exchanged = 0;  ///< frames in which it took one leg for the other
  double error_px = 0;        ///< root mean square of those that were used
  double error_m = 0;         ///< the same at the point's distance
};

/// A movement seen by several cameras.
struct FusedMovement {
  LevelAxes axes;
  RigRays rig;                    ///< in level axes
  std::vector<PoseFrame> frames;  ///< level axes, from mid-hips, without picture positions
  /// Beside `frames`: points that two or more cameras agree on, level axes.
  std::vector<PerLandmark<std::optional<Eigen::Vector3d>>> points_m;
  std::vector<CameraAgreement> cameras;
  std::size_t frames_of_several = 0;  ///< frames in which two or more cameras see the person
};

/// Exchanges legs where a camera took one for the other (leg_swaps.h). Brings all cameras to the moments
/// `times` (of the first camera's clock), takes the lenses' distortion out and finds each landmark from all
/// cameras that see it. A landmark that only one sees stands where that camera's network puts it beside the
/// hips, with 0.6 of its visibility (unsourced default).
[[nodiscard]] FusedMovement fuse(std::span<const CameraTrack> tracks, std::span<const Seconds> times,
                                 const TriangulationOptions& options = {});

/// What each camera shows at the moments, without distortion; the views stay unset.
[[nodiscard]] RigRays look_at(std::span<const CameraTrack> tracks, std::span<const Seconds> times);

/// Mean distance of the two cameras' rays to the same landmarks, each at most `kMostGapM`, meters; that limit
/// where they have too little in common.
inline constexpr double kMostGapM = 0.5;
[[nodiscard]] double disagreement_m(const CameraTrack& first, const CameraTrack& second);

/// A recording as a mirror shows it: pixels turned about the picture's middle, left and right exchanged.
[[nodiscard]] std::vector<PoseFrame> mirror_image(std::span<const PoseFrame> frames, double width_px);

}  // namespace reprise::engine
