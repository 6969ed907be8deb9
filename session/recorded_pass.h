// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "engine/inverse_kinematics/rig_rays.h"
#include "engine/inverse_kinematics/segment_lengths.h"
#include "engine/inverse_kinematics/solve_frame.h"
#include "engine/kinematics/measure_set.h"
#include "session/document.h"
#include "session/measure_deviation.h"

namespace reprise::session {

/// A recording as one body (engine/inverse_kinematics/body_fit.h), with everything measured at each frame.
struct Recorded {
  std::vector<engine::PoseFrame> frames;
  std::vector<engine::MeasureSet> measures;  ///< one a frame
  /// Beside `measures`, of those that the exercise reports.
  std::vector<MeasureDeviations> deviations;
  std::optional<engine::MeasuredShape> shape;            ///< of the body; empty: none was fitted
  std::vector<std::optional<engine::BodyState>> states;  ///< of the body, beside `frames`; empty without one
  std::optional<Hertz> rate;
  std::optional<engine::Facing> facing;  ///< over all frames
  std::optional<engine::View> view;      ///< of `facing`
  std::optional<Warning> misfit;         ///< the fitted body does not follow what the picture shows
  /// Why no body could be fitted; the landmarks then are smoothed one by one. Empty: it was.
  std::optional<Error> not_fitted;
};
/// A phone's or laptop's camera, where nothing is known of it: a picture of 65 degrees along its longer side.
/// Empty without pictures. Unsourced default.
[[nodiscard]] std::optional<engine::Pinhole> usual_pinhole(const Source& source);

/// `pinhole`: of the camera, for landmarks with picture positions; empty where it is not known.
/// `network_landmarks`: they come from a pose network, whose errors are known. `reported`: the measures whose
/// deviations are wanted. `rig`: what several cameras saw, beside the frames; null: one camera.
[[nodiscard]] Recorded record(std::span<const engine::PoseFrame> frames,
                              std::span<const engine::Measure> reported = {},
                              const std::optional<engine::Pinhole>& pinhole = {},
                              bool network_landmarks = false, const engine::RigRays* rig = nullptr);

/// What a reader should know of the fit: that no body could be fitted, or that it does not follow the
/// picture.
void add_fit_warnings(const Recorded& recorded, std::vector<Warning>& warnings);

struct RecordedPassOptions {
  engine::Prescribed side;
  std::optional<double> ceiling;  ///< rad or ratio
};

/// Measures the repetitions that the live pass found: exact boundaries, ranges, tempo, smoothness, faults,
/// quality.
[[nodiscard]] std::vector<RecordedRepetition> measure_repetitions(
    const engine::ExerciseDefinition& definition, const Recorded& recorded,
    std::span<const engine::Repetition> live, const RecordedPassOptions& options);

/// The measures an exercise reports: its primary and those of its form rules, each once.
[[nodiscard]] std::vector<engine::Measure> reported_measures(const engine::ExerciseDefinition& definition);

}  // namespace reprise::session
