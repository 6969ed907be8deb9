// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/ergonomics/work_answers.h"
#include "pipeline/outputs.h"
#include "pipeline/recording.h"
#include "session/assessments/work_load.h"

namespace reprise::pipeline {

struct WorkLoadOptions {
  engine::WorkMethod method = engine::WorkMethod::rula;
  std::optional<engine::Side> side;  ///< of the arm; empty: the worse of both
  engine::WorkAnswers answers;
};

/// Returns the options that change a result, as typed in the command: "--side left --load-kg 12 --repeated
/// yes". `of_recording`: those of the recording. Empty: none does.
[[nodiscard]] std::string options_text(const WorkLoadOptions& options, std::string_view of_recording);

/// Scores the work in a recording. Errors: those of session::assess_work_load.
[[nodiscard]] Result<session::WorkLoadDocument> assess_work_load(const Recording& recording,
                                                                 const WorkLoadOptions& options);

/// work_load.json, report.html and scores.csv (the ranges of the score over time). Errors: those of
/// the writers.
[[nodiscard]] Result<std::vector<OutputFile>> work_load_outputs(const session::WorkLoadDocument& document);

}  // namespace reprise::pipeline
