// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>
#include <span>
#include <vector>

#include "engine/multibody/multibody_kinematics.h"

namespace reprise::engine {

/// A force that something outside of the model exerts on a body, along the axes of the ground.
struct ExternalForce {
  std::size_t body = 0;
  Eigen::Vector3d force_n = Eigen::Vector3d::Zero();
  Eigen::Vector3d point_m = Eigen::Vector3d::Zero();  ///< in the ground
  Eigen::Vector3d torque_nm = Eigen::Vector3d::Zero();
};

/// The generalized forces that make a model move as it does under gravity and external forces: one for each
/// coordinate, N·m where it is an angle, N where it is a length (its product with the coordinate's rate is a
/// power). Newton's and Euler's equations, from the outer bodies to the ground (Featherstone, "Rigid Body
/// Dynamics Algorithms", 2008, chapter 5). Constraints between coordinates or bodies are left out, as OpenSim
/// does. `kinematics`: after `move`.
[[nodiscard]] std::vector<double> generalized_forces(const MultibodyKinematics& kinematics,
                                                     std::span<const ExternalForce> external);

}  // namespace reprise::engine
