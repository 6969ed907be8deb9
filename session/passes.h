#pragma once

#include <span>

#include "session/document.h"

namespace reprise {

/// What is known before the passes run.
struct PassInput {
  ExerciseDefinition definition;
  ExerciseFacts exercise;
  Source source;
  std::vector<ModelUsed> models;
  FrameCounts frames;  ///< total and with_person are counted anew
  CoachOptions coach;
  std::vector<Warning> warnings;  ///< from decoding and reading; the passes add theirs
};

/// From landmarks to a session document. The live pass (the coach, causal) decides what counts and what was
/// said; the recorded pass (zero-phase) then measures what was counted. `frames` in order of time. A
/// recording without a visible person gives a document with zero repetitions and a warning, not an error.
[[nodiscard]] SessionDocument run_passes(const PassInput& input, std::span<const PoseFrame> frames);

/// The version that goes into every document.
[[nodiscard]] std::string engine_version();

}  // namespace reprise
