// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/units.h"

namespace reprise::sensing {

// Setups of OpenSim's tools (XML). Paths are those of the file, made absolute by the setup's folder.

struct TimeRange {
  Seconds from{-1e9};
  Seconds to{1e9};
};

/// How much a marker or coordinate counts in inverse kinematics.
struct KinematicsTask {
  enum class Wanted : std::uint8_t { from_file, initial, manual };
  std::string name;
  double weight = 1;
  Wanted wanted = Wanted::from_file;  ///< of a coordinate: where its value is from
  double manual_value = 0;            ///< rad or m
};

struct KinematicsSetup {
  std::filesystem::path model;  ///< empty: not said
  std::filesystem::path markers;
  std::filesystem::path coordinates;  ///< empty: none
  std::filesystem::path output;       ///< of coordinates (.mot); empty: not said
  std::filesystem::path tasks;        ///< the file of the tasks; empty: they are in the setup
  /// Only those that apply. nullopt: there is no task set, and every marker has weight 1.
  std::optional<std::vector<KinematicsTask>> marker_tasks;
  std::vector<KinematicsTask> coordinate_tasks;
  TimeRange range;
  bool report_errors = true;
};

struct DynamicsSetup {
  std::filesystem::path model;  ///< empty: not said
  std::filesystem::path coordinates;
  std::filesystem::path external_loads;  ///< empty: none
  std::filesystem::path output;          ///< of generalized forces (.sto); empty: not said
  std::vector<std::string> excluded_forces;
  std::optional<bool> in_degrees;  ///< where the setup says it; the coordinates' file comes first
  std::optional<Hertz> cutoff;
  TimeRange range;
};

/// Parses the setup of the inverse kinematics tool; paths in it start at `folder`, and so does the file of
/// its tasks, which is read. Errors: corrupt (also a task set in which no marker counts), unsupported
/// (another tool; a task other than of a marker or coordinate), those of `read_file`.
[[nodiscard]] Result<KinematicsSetup> parse_kinematics_setup(std::string_view text,
                                                             const std::filesystem::path& folder);
/// `parse_kinematics_setup` of a file; errors name it.
[[nodiscard]] Result<KinematicsSetup> read_kinematics_setup(const std::filesystem::path& path);

/// Parses the setup of the inverse dynamics tool. Arguments and errors as above.
[[nodiscard]] Result<DynamicsSetup> parse_dynamics_setup(std::string_view text,
                                                         const std::filesystem::path& folder);
/// `parse_dynamics_setup` of a file; errors name it.
[[nodiscard]] Result<DynamicsSetup> read_dynamics_setup(const std::filesystem::path& path);

}  // namespace reprise::sensing
