// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "engine/multibody/multibody_model.h"

namespace reprise::sensing {

/// A model of OpenSim (.osim): what inverse kinematics and dynamics need of it.
struct OpenSimModel {
  engine::MultibodyModel model;
  /// Constraints other than CoordinateCouplerConstraint and PointConstraint, "type 'name'". Positions without
  /// them are others than OpenSim's.
  std::vector<std::string> unread_constraints;
  /// Forces of the model that act by themselves (springs, limits, contact), "type 'name'".
  std::vector<std::string> passive_forces;
  bool has_muscles = false;
  /// Joints whose generalized forces belong to angular velocities in OpenSim, "type 'name'".
  std::vector<std::string> angular_velocity_joints;
};

/// A model of more bodies, constraints or markers is refused: time and memory grow with their square.
inline constexpr std::size_t kMaxBodies = 2000;
inline constexpr std::size_t kMaxConstraints = 2000;
inline constexpr std::size_t kMaxMarkers = 20'000;

/// Parses a model of OpenSim 2.3 to 4 (bodies with their joint inside, or sets of joints with offset frames).
/// Muscles, geometry, wrapping and controllers are passed over. Errors: corrupt (XML, a number, a flag, a
/// name that is none or double, a mass or inertia below 0), unsupported (a joint or function that cannot be
/// read, a body or joint outside of its set, a set in a file of its own, bodies that are no tree, two
/// couplers of one coordinate, above the limits).
[[nodiscard]] Result<OpenSimModel> parse_osim(std::string_view text);

/// `parse_osim` of a file. Errors: those and the ones of `read_file`.
[[nodiscard]] Result<OpenSimModel> read_osim(const std::filesystem::path& path);

}  // namespace reprise::sensing
