// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>
#include <vector>

#include "engine/inverse_kinematics/block_band.h"
#include "engine/inverse_kinematics/rig_rays.h"
#include "engine/inverse_kinematics/seen_landmark.h"

namespace reprise::engine {

/// Beliefs about a recorded movement, as deviations, chosen by the errors of the angles on generated
/// movements and on rendered people (docs/accuracy.md).
struct TrajectoryBeliefs {
  double pixels_m = 0.025;    ///< of a landmark's pixel, at the person's distance
  double outlier = 2.5;       ///< so many deviations off, a term counts half
  double along_limb = 2;      ///< how much farther off than `pixels_m` a knee or ankle lies along its limb
  double across_limb = 0.6;   ///< the same across it; of several cameras only
  double along_thigh = 1.4;   ///< the same of a hip along the thigh
  double depth_factor = 3;    ///< on the deviations of `network_depth_lines`: errors of frames go together
  double body_length = 0.13;  ///< of a length from the usual share of the stature, as a share of itself
  double arm_length = 0.15;   ///< the same for shoulders, upper arm and forearm
  double focal = 0.30;        ///< of the focal length, as a share of itself
  double sole_m_s = 0.04;     ///< speed of a foot that stands
  double joint_rad_s2 = 8;    ///< accelerations, for frames a thirtieth of a second apart
  double trunk_rad_s2 = 7;
  double hips_m_s2 = 4;
  double trunk_bend_rad = 0.2;      ///< of the trunk against the pelvis
  double trunk_turn_rad = 1;        ///< the same about its length
  double axial_rad = 0.3;           ///< of turns about a segment's own length
  double straight_rad = 0.15;       ///< of a knee or elbow at rest; a bent one is believed, too
  double hanging_elbow_rad = 0.15;  ///< how far an elbow at rest is bent; a knee is straight
  double straight_weight = 0.4;
  double hanging_rad = 0.12;  ///< of thigh and upper arm from the trunk's line; a raised one is believed, too
  double hanging_weight = 0.8;
  double balance_m = 0.12;       ///< of the center of mass from above the feet, before a level camera
  double balance_outlier = 1.5;  ///< so many deviations off, it counts half: who sits, lies or leans
};

/// What a frame shows.
struct TrajectoryFrame {
  Seconds time;
  PerLandmark<Eigen::Vector2d> pixel;
  PerLandmark<double> weight;               ///< 0 where a landmark is not seen
  std::array<double, 11> depth_m = {};      ///< of each of `network_depth_lines`, corrected for its bias
  std::array<double, 11> depth_share = {};  ///< of the true depth that it shows
  std::array<double, 11> depth_weight = {};
  /// What each of `TrajectoryProblem::views` shows, weights in the place of visibilities; empty where those
  /// are.
  std::vector<SeenSlopes> seen = {};
};

/// A movement to be found: what its frames show and the shape that is usual.
struct TrajectoryProblem {
  std::vector<TrajectoryFrame> frames;
  BodyShape usual;        ///< around which lengths are believed
  double usual_focal_px;  ///< around which the focal length is believed
  std::span<const LandmarkOffset> offsets;
  TrajectoryBeliefs beliefs = {};
  /// Several cameras of known place and lens; pixels and the focal length are then not looked at. Empty: one
  /// camera, at the origin of the axes.
  std::vector<RigView> views = {};
};

/// Half of the weighted robust sum of squares; `equations` gets its linearization.
[[nodiscard]] double trajectory_cost(const TrajectoryProblem& problem, const Trajectory& trajectory,
                                     BandEquations* equations);

}  // namespace reprise::engine
