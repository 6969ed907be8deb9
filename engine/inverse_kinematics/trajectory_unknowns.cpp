// SPDX-License-Identifier: Apache-2.0
#include "engine/inverse_kinematics/trajectory_unknowns.h"

#include <Eigen/Geometry>
#include <cmath>

namespace reprise::engine {

Trajectory moved(const Trajectory& trajectory, const std::vector<FrameVector>& frame_steps,
                 const SharedVector& shared_step) {
  Trajectory out = trajectory;
  for (std::size_t i = 0; i < out.states.size(); ++i) {
    BodyState& state = out.states[i];
    const FrameVector& step = frame_steps[i];
    const Eigen::Vector3d turn = step.head<3>();
    const double angle = turn.norm();
    if (angle > 0) {
      const Eigen::Quaterniond q(Eigen::AngleAxisd(angle, turn / angle).toRotationMatrix() * state.pelvis);
      state.pelvis = q.normalized().toRotationMatrix();
    }
    state.mid_hips.v += step.segment<3>(3);
    for (std::size_t d = 0; d < kTrajectoryDofs.size(); ++d)
      state.posture[kTrajectoryDofs[d]] += Radians{step[static_cast<Eigen::Index>(6 + d)]};
  }
  auto lengths = lengths_m(out.shape);
  for (std::size_t g = 0; g < kLengthGroups.size(); ++g) {
    const double factor = std::exp(shared_step[static_cast<Eigen::Index>(g)]);
    for (std::size_t k = 0; k < kLengthGroups[g].count; ++k) lengths[kLengthGroups[g].lengths[k]] *= factor;
  }
  out.shape = shape_from_lengths(lengths, out.shape.stature);
  out.pinhole.focal_px *= std::exp(shared_step[static_cast<Eigen::Index>(kFocalUnknown)]);
  return out;
}

}  // namespace reprise::engine
