// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "sensing/files/storage.h"
#include "sensing/opensim/tool_setup.h"

namespace reprise::pipeline {

// Inverse kinematics and dynamics of OpenSim's models, from a setup to tables that OpenSim reads.

/// Called with how many of how many frames are done; false cancels.
using FrameProgress = std::function<bool(int done, int total)>;

/// How far a model's marker lies from the one seen.
struct MarkerResult {
  std::string name;
  double weight = 1;
  double rms_m = 0;
  double worst_m = 0;
  std::size_t frames = 0;  ///< in which it was seen
};

struct KinematicsResult {
  sensing::StorageTable motion;  ///< every coordinate; degrees and meters
  sensing::StorageTable errors;  ///< of the markers: sum of squares, RMS, worst (m2, m, m)
  std::vector<MarkerResult> markers;
  double rms_m = 0;  ///< over all frames and markers
  double worst_m = 0;
  std::string worst_marker;
  std::size_t frames = 0;
  std::size_t unsolved_frames = 0;  ///< ended by the limit of iterations
  bool simulated = false;
  std::vector<std::string> warnings;
};

/// Solves inverse kinematics. Markers of the file without a task or a marker of the model are left out; where
/// the setup has no marker task, all that both have count 1. Warns about tasks without a marker, markers that
/// lie far off or seem to be exchanged. Errors: those of the readers and of `MarkerFit`, unsupported (a
/// constraint that cannot be read), nothing_measured (no common marker, no frame in the time range),
/// cancelled.
[[nodiscard]] Result<KinematicsResult> run_inverse_kinematics(const sensing::KinematicsSetup& setup,
                                                              const FrameProgress& progress = {});

struct ForceResult {
  std::string label;  ///< "hip_flexion_r_moment"
  double least = 0;   ///< N·m or N
  double most = 0;
};

struct DynamicsResult {
  sensing::StorageTable forces;  ///< of every coordinate
  std::vector<ForceResult> ranges;
  std::size_t frames = 0;
  bool simulated = false;  ///< the coordinates' file says so
  std::vector<std::string> warnings;
};

/// Solves inverse dynamics. A coordinate that the file lacks has its initial value, or follows the one that
/// it is coupled to. Warns about these, about values outside of a coordinate's range, and about forces of the
/// model that are not applied. Errors: those of the readers and of `coordinate_curves`, nothing_measured (no
/// frame in the time range, no coordinate of the model in the file), cancelled.
[[nodiscard]] Result<DynamicsResult> run_inverse_dynamics(const sensing::DynamicsSetup& setup,
                                                          const FrameProgress& progress = {});

}  // namespace reprise::pipeline
