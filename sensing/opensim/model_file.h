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
};

/// Parses a model of OpenSim 2.3 to 4 (bodies with their joint inside, or sets of joints with offset frames).
/// Muscles, geometry, wrapping and controllers are passed over. Errors: corrupt (XML, a number, a name that
/// is none or double), unsupported (a joint or function that cannot be read, bodies that are no tree).
[[nodiscard]] Result<OpenSimModel> parse_osim(std::string_view text);

/// `parse_osim` of a file. Errors: those and the ones of `read_file`.
[[nodiscard]] Result<OpenSimModel> read_osim(const std::filesystem::path& path);

}  // namespace reprise::sensing
