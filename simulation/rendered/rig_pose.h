// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>
#include <vector>

#include "base/frames.h"
#include "engine/pose/landmarks.h"
#include "engine/synthesis/body.h"
#include "simulation/rendered/figure.h"

namespace reprise::simulation::rendered {

/// A rig in a posture: how each bone is turned from its rest, and where its joint is. Meters, room axes.
struct RigPose {
  std::vector<Eigen::Matrix3d> turned;
  std::vector<Eigen::Vector3d> joints;
};

/// The figure at rest.
[[nodiscard]] RigPose rest_pose(const Figure& figure);

/// Gives the limbs of a figure the directions and the turns of the body model's segments: joint angles are
/// those of `body.posture`. The spine bends along its length, the shoulder girdle follows a raised arm; so
/// the line from hips to shoulders differs from the model's by a few degrees. The hips' middle comes to that
/// of the model. `body`: drawn with `figure.shape` and `stance`.
[[nodiscard]] RigPose pose_rig(const Figure& figure, const engine::BodyFigure& body,
                               const engine::Stance& stance);

/// Moves the whole rig.
void shift(RigPose& pose, const Eigen::Vector3d& by);

/// The figure's landmarks in the room.
[[nodiscard]] engine::PerLandmark<Vec3<World>> landmarks_of(const Figure& figure, const RigPose& pose);

/// A mesh in a posture; normals have length 1.
struct SkinnedPart {
  std::vector<Eigen::Vector3f> points;
  std::vector<Eigen::Vector3f> normals;
};
/// Linear blend skinning: each point is the weighted mean of where its bones carry it.
[[nodiscard]] std::vector<SkinnedPart> skin(const Figure& figure, const RigPose& pose);

/// The height of the lowest point.
[[nodiscard]] float lowest_of(const std::vector<SkinnedPart>& parts);

}  // namespace reprise::simulation::rendered
