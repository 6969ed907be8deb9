// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "engine/multibody/multibody_model.h"
#include "sensing/opensim/tool_setup.h"

namespace reprise::sensing {

/// Bodies that grow as the distances of pairs of markers say.
struct ScaleMeasurement {
  struct ScaledAxes {
    std::string body;
    std::array<bool, 3> axes = {};  ///< x, y, z
  };
  std::string name;
  std::vector<std::pair<std::string, std::string>> pairs = {};
  std::vector<ScaledAxes> bodies = {};
};

/// A body with factors that are given.
struct ManualScale {
  std::string body;
  Eigen::Vector3d factors = Eigen::Vector3d::Ones();
};

/// The setup of OpenSim's ScaleTool. Only what applies: no measurement or scale whose `apply` is false.
struct ScaleSetup {
  enum class Step : std::uint8_t { measurements, manual };
  std::filesystem::path model;            ///< empty: not said
  std::filesystem::path marker_set;       ///< markers for the model; empty: its own
  std::filesystem::path measurement_set;  ///< the file of the measurements; empty: they are in the setup
  std::filesystem::path scale_set;        ///< the same of the given factors
  std::optional<double> mass_kg;

  bool scales = true;  ///< ModelScaler applies
  std::vector<Step> order;
  std::vector<ScaleMeasurement> measurements;
  std::vector<ManualScale> manual;
  std::filesystem::path markers;  ///< for the measurements (.trc); empty: not said
  TimeRange range;
  bool keep_mass_shares = false;
  std::filesystem::path scaled_output;   ///< the model before markers are placed; empty: not written
  std::filesystem::path factors_output;  ///< factors as a ScaleSet; empty: not written

  bool places = false;           ///< MarkerPlacer applies
  bool moves_markers = true;     ///< else it only finds the pose
  KinematicsSetup placement;     ///< its markers, coordinates, tasks, range and output of the pose
  std::filesystem::path output;  ///< the model with placed markers; empty: not said
};

/// Parses the setup of the scale tool; paths in it start at `folder`, and so do files of its sets, which are
/// read. Errors: corrupt (a scaling_order that is not known or has more than two steps, a measurement without
/// a pair of markers or body, an axis that is none, a factor or mass that is not above 0), unsupported
/// (another tool), those of `read_file`.
[[nodiscard]] Result<ScaleSetup> parse_scale_setup(std::string_view text,
                                                   const std::filesystem::path& folder);
/// `parse_scale_setup` of a file; errors name it.
[[nodiscard]] Result<ScaleSetup> read_scale_setup(const std::filesystem::path& path);

/// Factors as OpenSim writes them (ScaleSet).
[[nodiscard]] std::string to_scale_set(const std::vector<ManualScale>& factors);

}  // namespace reprise::sensing
