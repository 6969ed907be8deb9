// SPDX-License-Identifier: Apache-2.0
#include "pipeline/truth.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "session/passes.h"
#include "session/session_json_writer.h"

namespace reprise::pipeline {
namespace {

using Json = nlohmann::ordered_json;

double rounded(double value, double steps) {
  const double scaled = std::round(value * steps);
  return scaled == 0 ? 0.0 : scaled / steps;  // no -0
}
double milliseconds(Seconds time) {
  return rounded(time.value(), 1e3);
}

Json options_json(const SimulationOptions& asked, const Simulation& simulation) {
  return {{"repetitions", asked.repetitions},
          {"faults", asked.faults},
          {"side", asked.side.empty() ? Json(nullptr) : Json(asked.side)},
          {"azimuth_deg", simulation.azimuth_deg},
          {"stature_m", asked.stature_m},
          {"range", asked.range},
          {"tempo", asked.tempo},
          {"noise_m", asked.noise_m},
          {"seed", asked.seed},
          {"frame_rate_hz", asked.frame_rate_hz}};
}

}  // namespace

std::string truth_json(const exercises::CatalogExercise& exercise, const SimulationOptions& asked,
                       const Simulation& simulation, const engine::GeneratedMovement& movement) {
  Json j = {{"schema", "reprise.truth/1"},
            {"simulated", true},
            {"notice", session::kSimulatedNotice},
            {"engine_version", session::engine_version()},
            {"exercise", {{"id", exercise.definition.id}, {"version", exercise.version}}},
            {"options", options_json(asked, simulation)},
            {"repetitions", Json::array()},
            {"times_s", Json::array()},
            {"angles_deg", Json::object()}};
  for (const engine::RepetitionTruth& r : movement.repetitions) {
    j["repetitions"].push_back({{"start_s", milliseconds(r.start)},
                                {"extreme_s", milliseconds(r.extreme)},
                                {"hold_end_s", milliseconds(r.hold_end)},
                                {"end_s", milliseconds(r.end)}});
  }
  for (const engine::PoseFrame& frame : movement.frames)
    j["times_s"].push_back(rounded(frame.time.value(), 1e6));
  for (std::size_t d = 0; d < engine::kDofCount; ++d) {
    Json& angles = j["angles_deg"][std::string{engine::name(engine::dof_at(d))}] = Json::array();
    for (const engine::Posture& posture : movement.postures)
      angles.push_back(rounded(to_degrees(posture[engine::dof_at(d)]).value(), 1e3));
  }
  return session::laid_out(j);
}

}  // namespace reprise::pipeline
