// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "base/result.h"
#include "engine/multibody/multibody_model.h"
#include "engine/skeleton/skeleton.h"

namespace reprise::pipeline {

// The body model (engine/skeleton) as a multibody model, for OpenSim: the same segments and movements, with
// two exceptions. OpenSim has no joint that is raised as our shoulder is: there the arm turns about three
// axes against the shoulder girdle, forward, then outward, then about its length. And landmarks do not tell
// the pelvis' tilt from bending of the trunk, so both tilt together: trunk_flexion is locked at 0, and hips
// flex against the trunk.

/// Segments as bodies, the 33 landmarks as markers, and a massless girdle on each side that scapular
/// elevation turns. Masses, mass centers and inertias are shares of `mass_kg` after Dempster
/// (docs/sources.md); where the table has none, unsourced defaults. Precondition: a shape that passes
/// `check`.
[[nodiscard]] engine::MultibodyModel opensim_body(const engine::BodyShape& shape, double mass_kg);

/// The coordinates of `opensim_body` (rad, m) in the model's order. `pelvis`: its axes in the ground,
/// columns; `mid_hips_m`: in the ground. `before`: the moment before, to stay on its side of a full turn;
/// empty: there is none.
[[nodiscard]] std::vector<double> opensim_coordinates(const engine::Posture& posture,
                                                      const Eigen::Matrix3d& pelvis,
                                                      const Eigen::Vector3d& mid_hips_m,
                                                      const std::vector<double>& before = {});

/// Which coordinates of `opensim_body` the landmarks seen show: those that move one of them.
[[nodiscard]] std::vector<bool> shown_coordinates(const engine::PerLandmark<bool>& seen);

}  // namespace reprise::pipeline
