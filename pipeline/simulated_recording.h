// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "exercises/catalog.h"
#include "sensing/landmarks/landmark_recording.h"

namespace reprise::pipeline {

/// What `demo` and `generate` ask of the body model, as typed.
struct SimulationOptions {
  std::vector<std::string> faults = {};  ///< ids of form rules or gates of the exercise
  std::string side = {};                 ///< "left", "right"; empty: the right one works
  /// Empty: from where the exercise is judged best, the working side near.
  std::optional<double> azimuth_deg = {};
  int repetitions = 5;
  double stature_m = 1.70;
  double range = 1;        ///< share of the catalog's movement
  double tempo = 1;        ///< share of the catalog's speed
  double noise_m = 0.008;  ///< about what a pose network has. Unsourced default
  std::uint64_t seed = 1;
  double frame_rate_hz = 30;
};

/// A movement ready to be generated.
struct Simulation {
  engine::MovementDefinition definition;
  engine::GenerateOptions options;
  double azimuth_deg = 0;
};

/// Reads the options for one exercise; faults are in every repetition. Errors: not_found (no such fault),
/// invalid_argument (a side that the exercise does not have, faults that exclude each other).
[[nodiscard]] Result<Simulation> plan_simulation(const SimulationOptions& options,
                                                 const exercises::CatalogExercise& exercise);

/// The generated landmarks as a recording that is labeled simulated.
[[nodiscard]] sensing::LandmarkRecording recording_of(const engine::GeneratedMovement& movement,
                                                      const Simulation& simulation);

}  // namespace reprise::pipeline
