// SPDX-License-Identifier: Apache-2.0
#include "pipeline/work_load.h"

#include "report/assessments/work_load_report.h"
#include "sensing/files/number_text.h"
#include "session/assessments/work_answers_text.h"
#include "session/assessments/work_load_json.h"

namespace reprise::pipeline {
namespace {

std::string scores_csv(const engine::WorkLoad& load) {
  std::string csv =
      "from_s,to_s,least,most,level_least,level_most,measured_least,measured_most,measured_level_least,"
      "measured_level_most\n";
  for (const engine::ScoreSpan& span : load.spans) {
    sensing::append_number(csv, span.from.value());
    csv += ',';
    sensing::append_number(csv, span.to.value());
    for (const engine::RangedScore* score : {&span.score.all, &span.score.measured}) {
      for (const int value : {score->score.least, score->score.most, score->level.least, score->level.most})
        csv += ',' + std::to_string(value);
    }
    csv += '\n';
  }
  return csv;
}

}  // namespace

std::string options_text(const WorkLoadOptions& options, std::string_view of_recording) {
  std::string text = session::work_options_text(options.method, options.side, options.answers);
  if (!text.empty() && !of_recording.empty()) text += ' ';
  return text.append(of_recording);
}

Result<session::WorkLoadDocument> assess_work_load(const Recording& recording,
                                                   const WorkLoadOptions& options) {
  session::WorkLoadInput input;
  input.method = options.method;
  input.answers = options.answers;
  input.side = options.side;
  input.source = recording.source;
  input.source.options = options_text(options, recording.source.options);
  input.models = recording.models;
  input.frames = recording.frames;
  input.scene = recording.scene;
  input.warnings = recording.warnings;
  return session::assess_work_load(input, recording.landmarks.frames);
}

Result<std::vector<OutputFile>> work_load_outputs(const session::WorkLoadDocument& document) {
  auto json = session::to_work_load_json(document);
  if (!json) return tl::unexpected(json.error());
  return std::vector<OutputFile>{{"work_load.json", std::move(*json)},
                                 {"report.html", report::render_work_load_report(document)},
                                 {"scores.csv", scores_csv(document.load)}};
}

}  // namespace reprise::pipeline
