// SPDX-License-Identifier: Apache-2.0
#include "pipeline/visit.h"

#include <cmath>
#include <nlohmann/json.hpp>

namespace reprise::pipeline {
namespace {

using Json = nlohmann::ordered_json;

Json time_json(Seconds time) {
  return std::round(time.value() * 1e3) / 1e3;
}
Json angle_json(double angle_rad) {
  return std::round(to_degrees(Radians{angle_rad}).value() * 10) / 10;
}

Json trial_json(const session::RangeTrial& trial) {
  return {{"start_s", time_json(trial.start)},
          {"extreme_s", time_json(trial.extreme)},
          {"end_s", time_json(trial.end)},
          {"angle_deg", angle_json(trial.angle.value())},
          {"uncertainty_deg", trial.uncertainty ? angle_json(*trial.uncertainty) : Json(nullptr)},
          {"view_error_deg", trial.view_error ? angle_json(trial.view_error->value()) : Json(nullptr)},
          {"compensations", trial.compensations}};
}

}  // namespace

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
  Json j = {{"schema", "reprise.visit/1"},
            {"simulated", recording.source.kind == session::SourceKind::simulated},
            {"source", recording.source.name},
            {"proposals", Json::array()},
            {"left_out", Json::array()}};
  for (const session::VisitProposal& proposal : findings.proposals) {
    Json one = {{"test", proposal.measured.test.id},
                {"side", proposal.side ? Json(engine::name(*proposal.side)) : Json(nullptr)},
                {"manner", session::name(proposal.manner)},
                {"trials", Json::array()}};
    for (const session::RangeTrial& trial : proposal.measured.trials)
      one["trials"].push_back(trial_json(trial));
    j["proposals"].push_back(std::move(one));
  }
  for (const session::Unproposed& one : findings.left_out) {
    j["left_out"].push_back({{"start_s", time_json(one.start)},
                             {"end_s", time_json(one.end)},
                             {"code", one.code},
                             {"text", one.text},
                             {"remedy", one.remedy}});
  }
  return j.dump(2) + "\n";
}

}  // namespace reprise::pipeline
