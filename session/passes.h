// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "engine/inverse_kinematics/rig_rays.h"
#include "engine/kinematics/measure_set.h"
#include "engine/recognition/recognizer.h"
#include "session/document.h"
#include "session/scene_warnings.h"

namespace reprise::session {

/// The input of both passes, beside the frames.
struct PassInput {
  engine::ExerciseDefinition definition;
  ExerciseFacts exercise;
  Source source;
  std::vector<ModelUsed> models;
  FrameCounts frames;  ///< total and with_person are counted anew
  engine::CoachOptions coach;
  /// Says whether the set looks like another exercise, and counts without knowing it; null: no second
  /// opinion.
  const engine::Recognizer* recognizer = nullptr;
  SceneFacts scene;
  std::vector<Warning> warnings;                       ///< from decoding and reading; the passes add theirs
  std::vector<engine::Measure> further_measures = {};  ///< whose series are wanted beside the exercise's
  /// What several cameras saw, beside the frames; null: one camera. Must outlive the passes.
  const engine::RigRays* rig = nullptr;
};

/// Turns landmarks into a session document. The live pass (the coach, causal) decides counts and cues; the
/// recorded pass (zero-phase) then measures the counted repetitions. `frames`: in chronological order.
/// Without a visible person the document has zero repetitions and a warning, not an error.
[[nodiscard]] SessionDocument run_passes(const PassInput& input, std::span<const engine::PoseFrame> frames);

/// One moment of the primary measure, as worn sensors give it.
struct SensorMoment {
  Seconds time{0};
  std::optional<double> value;  ///< rad or ratio; empty: not measured
};

/// What worn sensors give.
struct SensorTrack {
  engine::Side side = engine::Side::left;  ///< of the limb that wears them
  double deviation = 0;                    ///< standard deviation of a value, rad or ratio
  std::vector<SensorMoment> moments;       ///< in chronological order
};

/// The measures of one moment: the primary one alone, on the side that wears the sensors.
[[nodiscard]] engine::MeasureSet measures_of(const engine::ExerciseDefinition& definition, engine::Side side,
                                             const SensorMoment& moment);

/// The options of a coach that follows sensors worn on `worn`: a muscle's target may be on the other limb
/// than the exercise's own side.
[[nodiscard]] engine::CoachOptions as_worn(const engine::ExerciseDefinition& definition,
                                           engine::CoachOptions options, engine::Side worn);

/// The exercise as sensors can judge it: without views, gates and form rules, which only a camera sees.
[[nodiscard]] engine::ExerciseDefinition as_sensors_judge(engine::ExerciseDefinition definition);

/// The same document of a set that worn sensors measured. `input.definition`: as_sensors_judge; names of form
/// rules become things that were not measured.
[[nodiscard]] SessionDocument run_sensor_passes(const PassInput& input, const SensorTrack& track);

/// The version that goes into every document.
[[nodiscard]] std::string engine_version();

}  // namespace reprise::session
