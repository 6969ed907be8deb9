// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "engine/kinematics/markers.h"
#include "sensing/files/storage.h"
#include "sensing/opensim/model_file.h"
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
  std::size_t frames = 0;      ///< in which it was seen
  std::size_t far_frames = 0;  ///< in which it was more than 40 mm off (unsourced default)
};

/// A coordinate that the markers do not show everywhere, or that its range holds back.
struct CoordinateResult {
  std::string name;
  std::size_t undetermined_frames = 0;  ///< too few markers: empty in `motion`
  bool never_determined = false;        ///< no task shows it: it stays where it began
  std::size_t bound_frames = 0;         ///< rests at an end of its range
};

struct KinematicsResult {
  /// Every coordinate; degrees and meters. Empty (NaN) where the markers seen do not determine it.
  sensing::StorageTable motion;
  sensing::StorageTable errors;  ///< of the markers: sum of squares, RMS, worst (m2, m, m)
  std::vector<MarkerResult> markers;
  std::vector<CoordinateResult> coordinates;
  double rms_m = 0;  ///< over all frames and markers
  double worst_m = 0;
  std::string worst_marker;
  std::size_t frames = 0;
  std::size_t unsolved_frames = 0;  ///< ended by the limit of iterations, or with coupled points apart
  double apart_m = 0;               ///< the largest distance of points that a PointConstraint holds together
  std::string apart_constraint;     ///< its name; empty if there is none
  bool simulated = false;
  std::vector<std::string> warnings;
  std::vector<std::filesystem::path> inputs;  ///< every file that was read
};

/// Solves inverse kinematics. Markers of the file without a task or a marker of the model are left out; where
/// the setup has no marker task, all that both have count 1. Warns about tasks without a marker, markers that
/// lie far off, are missing or seem to be exchanged, about coordinates that are not determined, rest at a
/// bound or jump, and about constraints that are not met. A marker at exactly 0, 0, 0 counts as missing.
/// Errors: those of the readers and of `MarkerFit`, unsupported (a constraint that cannot be read, a model
/// without coordinates), nothing_measured (no common marker, no frame in the time range), cancelled.
[[nodiscard]] Result<KinematicsResult> run_inverse_kinematics(const sensing::KinematicsSetup& setup,
                                                              const FrameProgress& progress = {});

/// The same of a model and a recording that were read; the setup's files of both are only named as inputs.
[[nodiscard]] Result<KinematicsResult> solve_inverse_kinematics(const sensing::OpenSimModel& model,
                                                                const engine::MarkerRecording& recording,
                                                                const sensing::KinematicsSetup& setup,
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
  std::vector<std::filesystem::path> inputs;  ///< every file that was read
};

/// Solves inverse dynamics. A coordinate that the file lacks has its initial value, or follows the one that
/// it is coupled to. Warns about these, about values outside of a coordinate's range, and about forces of the
/// model that are not applied. One row is solved at rest. Errors: those of the readers and of
/// `coordinate_curves`, unsupported (a model without coordinates), invalid_argument (times outside of those
/// of the external loads), corrupt (a force that is not finite), nothing_measured (no frame in the time
/// range, no coordinate of the model in the file), cancelled.
[[nodiscard]] Result<DynamicsResult> run_inverse_dynamics(const sensing::DynamicsSetup& setup,
                                                          const FrameProgress& progress = {});

}  // namespace reprise::pipeline
