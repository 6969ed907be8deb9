// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "pipeline/opensim_tools.h"
#include "sensing/opensim/scale_setup.h"

namespace reprise::pipeline {

// OpenSim's ScaleTool: a model made as large and heavy as a person, and markers placed on it.

/// Two markers of a measurement: how far apart they are in the model and, on average, in the recording.
struct MeasuredPair {
  std::string first;
  std::string second;
  double model_m = 0;
  double measured_m = 0;
  std::size_t frames = 0;  ///< in which both were seen
};

struct MeasuredScale {
  std::string name;
  double factor = 1;  ///< the mean over its pairs of measured over model
  std::vector<MeasuredPair> pairs = {};
};

/// How factors without a setup were found.
struct FittedScales {
  double rms_m = 0;  ///< of markers at these factors, in the best poses
  std::size_t frames = 0;
  int rounds = 0;
};

struct ScalingResult {
  std::string model;                          ///< .osim, scaled and with placed markers
  std::string scaled_model;                   ///< before markers were placed
  std::vector<sensing::ManualScale> factors;  ///< of every body; of the ground where it is scaled
  std::vector<MeasuredScale> measurements;
  std::optional<FittedScales> fit;         ///< empty: by a setup
  std::vector<std::string> untold_bodies;  ///< of `fit`: their factors are near the mean of all
  double mass_before_kg = 0;
  double mass_kg = 0;
  std::optional<KinematicsResult> pose;  ///< in which markers were placed
  std::size_t moved_markers = 0;
  std::vector<std::string> removed_markers;  ///< those that the recording of the pose lacks
  bool simulated = false;
  std::vector<std::string> warnings;
  std::vector<std::filesystem::path> inputs;  ///< every file that was read
};

/// Scales a model as its setup says. Errors: those of the readers and of `scale_osim`; corrupt or
/// invalid_argument (a measurement without its marker in model or recording, markers at one place, a body
/// that the model lacks, no marker file), nothing_measured (no frame in the time range shows both markers),
/// those of `solve_inverse_kinematics` for the pose.
[[nodiscard]] Result<ScalingResult> run_scaling(const sensing::ScaleSetup& setup);

/// Without a setup: each body by the factor, in all directions alike, with which the model's markers come
/// nearest to those of up to ten frames (engine/multibody/body_scale_fit.h). Markers stay where scaling
/// brings them. Errors: those of the readers, `scale_osim` and `fit_body_scales`; nothing_measured (no frame
/// in the range shows a marker of the model).
[[nodiscard]] Result<ScalingResult> run_scaling(const std::filesystem::path& model,
                                                const std::filesystem::path& markers,
                                                std::optional<double> mass_kg,
                                                const sensing::TimeRange& range);

}  // namespace reprise::pipeline
