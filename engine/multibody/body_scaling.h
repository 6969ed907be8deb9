// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>

#include "engine/multibody/multibody_model.h"

namespace reprise::engine {

/// A body with its lengths scaled along its axes (`factors` above 0), as OpenSim does: the mass center by
/// each factor, the mass by their product if `scale_mass`. Inertias: by the square of the factor where all
/// three are equal; else those of a cylinder along the axis of the least moment, whose radius and length
/// follow from the moments and are scaled; products of inertia by their two factors. A body without mass has
/// no inertia.
[[nodiscard]] RigidBody scaled_body(const RigidBody& body, const Eigen::Vector3d& factors, bool scale_mass);

}  // namespace reprise::engine
