// SPDX-License-Identifier: Apache-2.0
#include "pipeline/visit.h"

#include "engine/pose/zero_phase.h"
#include "session/measurements/visit_json.h"

namespace reprise::pipeline {

Result<session::VisitFindings> find_movements(const Recording& recording,
                                              const std::vector<exercises::RangeTest>& tests,
                                              const std::vector<exercises::CatalogExercise>& catalog) {
  session::FilmedVisit visit;
  visit.source = recording.source;
  visit.models = recording.models;
  visit.patient = recording.landmarks.frames;
  visit.helper = recording.helper;
  visit.others = recording.scene.others;
  visit.looked_for_others = recording.source.width_px > 0 && !recording.helper.empty();
  visit.reacquired = recording.reacquired;
  return session::find_movements(visit, tests, catalog);
}

std::string visit_json(const session::VisitFindings& findings, const Recording& recording) {
  session::Source source = recording.source;
  source.frame_rate = engine::median_rate(recording.landmarks.frames);
  return session::visit_json(findings, source);
}

}  // namespace reprise::pipeline
