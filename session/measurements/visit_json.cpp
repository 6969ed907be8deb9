// SPDX-License-Identifier: Apache-2.0
#include "session/measurements/visit_json.h"

#include <cmath>
#include <nlohmann/json.hpp>

namespace reprise::session {
namespace {

using VisitJson = nlohmann::ordered_json;

double rounded_time(Seconds time) {
  return std::round(time.value() * 1e3) / 1e3;
}
double rounded_degrees(double angle_rad) {
  return std::round(to_degrees(Radians{angle_rad}).value() * 10) / 10;
}

VisitJson side_json(std::optional<Side> side) {
  return side ? VisitJson(engine::name(*side)) : VisitJson(nullptr);
}

VisitJson visit_trial_json(const RangeTrial& trial) {
  return {
      {"start_s", rounded_time(trial.start)},
      {"extreme_s", rounded_time(trial.extreme)},
      {"end_s", rounded_time(trial.end)},
      {"angle_deg", rounded_degrees(trial.angle.value())},
      {"uncertainty_deg", trial.uncertainty ? VisitJson(rounded_degrees(*trial.uncertainty)) : nullptr},
      {"view_error_deg", trial.view_error ? VisitJson(rounded_degrees(trial.view_error->value())) : nullptr},
      {"compensations", trial.compensations}};
}

VisitJson proposal_json(const VisitProposal& proposal) {
  VisitJson one = {{"test", proposal.measured.test.id},
                   {"side", side_json(proposal.side)},
                   {"manner", name(proposal.manner)},
                   {"trials", VisitJson::array()}};
  for (const RangeTrial& trial : proposal.measured.trials) one["trials"].push_back(visit_trial_json(trial));
  return one;
}

VisitJson left_out_json(const Unproposed& left_out) {
  VisitJson one = {{"start_s", rounded_time(left_out.start)},
                   {"end_s", rounded_time(left_out.end)},
                   {"code", left_out.code},
                   {"text", left_out.text},
                   {"remedy", left_out.remedy}};
  if (!left_out.test.empty()) one["test"] = left_out.test;
  if (left_out.side) one["side"] = engine::name(*left_out.side);
  return one;
}

}  // namespace

std::string visit_json(const VisitFindings& findings, const Source& source) {
  const auto& rate = source.frame_rate;
  VisitJson j = {{"schema", "reprise.visit/1"},
                 {"simulated", source.kind == SourceKind::simulated},
                 {"source", source.name},
                 {"pictures_per_s", rate ? VisitJson(std::round(rate->value() * 10) / 10) : nullptr},
                 {"proposals", VisitJson::array()},
                 {"left_out", VisitJson::array()}};
  for (const VisitProposal& proposal : findings.proposals) j["proposals"].push_back(proposal_json(proposal));
  for (const Unproposed& one : findings.left_out) j["left_out"].push_back(left_out_json(one));
  return j.dump(2) + "\n";
}

}  // namespace reprise::session
