// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

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
  std::vector<Warning> warnings;  ///< from decoding and reading; the passes add theirs
};

/// Turns landmarks into a session document. The live pass (the coach, causal) decides counts and cues; the
/// recorded pass (zero-phase) then measures the counted repetitions. `frames`: in chronological order.
/// Without a visible person the document has zero repetitions and a warning, not an error.
[[nodiscard]] SessionDocument run_passes(const PassInput& input, std::span<const engine::PoseFrame> frames);

/// The version that goes into every document.
[[nodiscard]] std::string engine_version();

}  // namespace reprise::session
