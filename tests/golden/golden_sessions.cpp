// SPDX-License-Identifier: Apache-2.0
// Fixed sessions of every catalog exercise, from the generator to the session document, as JSON on standard
// output, one a line: `session` as it is written for people, `raw` before rounding. Its first line holds
// filtered signals. Built natively and for the browser; native_and_wasm.mjs compares the two.
//
//   reprise_golden_sessions [EVERY]   of every EVERY-th exercise; of each unless said

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "engine/signal/butterworth.h"
#include "engine/signal/one_euro.h"
#include "engine/signal/savitzky_golay.h"
#include "engine/synthesis/random.h"
#include "exercises/catalog_files.h"
#include "session/document_json.h"
#include "session/exercise_facts.h"
#include "session/passes.h"
#include "tests/support/or_exit.h"

namespace reprise {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kPosesEvery = 20;  // frames; all of them would be many megabytes

// From numbers that are the same bits everywhere, so that a difference is the filter's own.
Json filtered() {
  const engine::detail::CounterRandom random(7);
  std::vector<double> noise;
  for (std::uint64_t i = 0; i < 300; ++i) noise.push_back(random.normal(i));
  const Hertz rate{30};
  auto one_euro = or_exit(engine::OneEuroFilter::create({.min_cutoff = Hertz{2}, .beta = 4}));
  std::vector<double> followed;
  for (std::size_t i = 0; i < noise.size(); ++i) {
    followed.push_back(one_euro.step(period(rate) * static_cast<double>(i), noise[i]).value_or(0));
  }
  return {{"butterworth_zero_phase", or_exit(engine::butterworth_zero_phase(noise, rate, {}))},
          {"one_euro", followed},
          {"savitzky_golay", or_exit(engine::savitzky_golay(noise, rate, {.derivative = 1}))}};
}

Json raw_of(const engine::GeneratedMovement& movement, const session::SessionDocument& document) {
  Json poses = Json::array();
  for (std::size_t i = 0; i < movement.frames.size(); i += kPosesEvery) {
    for (const auto& point : movement.frames[i].pose->world_m) {
      for (const double coordinate : point.v) poses.push_back(coordinate);
    }
  }
  Json series = Json::object();
  for (const session::MeasureSeries& one : document.exercise.series) {
    Json values = Json::array();
    for (const auto& value : one.values) values.push_back(value ? Json(*value) : Json());
    series[std::string{engine::info(one.measure).name} +
           (one.side == engine::Side::right ? ".right" : ".left")] = values;
  }
  Json repetitions = Json::array();
  for (const session::RecordedRepetition& r : document.exercise.repetitions) {
    Json ranges = Json::array();
    for (const session::MeasuredRange& range : r.ranges) ranges.insert(ranges.end(), {range.min, range.max});
    Json faults = Json::array();
    for (const engine::Fault& fault : r.faults) faults.insert(faults.end(), {fault.value, fault.amount});
    repetitions.push_back({{"times_s", {r.start.value(), r.extreme.value(), r.end.value()}},
                           {"ranges", ranges},
                           {"faults", faults},
                           {"smoothness", r.smoothness_sparc ? Json(*r.smoothness_sparc) : Json()},
                           {"peak_speed", r.peak_speed ? Json(*r.peak_speed) : Json()},
                           {"score", r.quality.score ? Json(*r.quality.score) : Json()}});
  }
  return {{"poses_m", poses}, {"series", series}, {"repetitions", repetitions}};
}

double azimuth_deg(engine::View view) {
  switch (view) {
    case engine::View::front: return 0;
    case engine::View::oblique: return -45;
    case engine::View::side: return -90;
    case engine::View::back: return 180;
  }
  return 0;
}

// The options bear the names of the browser module's `simulate`, whose test repeats these sessions.
Json session_of(const exercises::CatalogExercise& exercise, const exercises::CatalogFault* fault) {
  const double azimuth = azimuth_deg(exercise.definition.views.front());
  engine::GenerateOptions options{.repetitions = 4, .noise = Meters{0.005}, .seed = 11};
  options.camera.azimuth = Degrees{azimuth};
  if (fault != nullptr) options.faults = {{.offsets = fault->add}};
  const engine::GeneratedMovement movement = or_exit(engine::generate(exercise.movement.correct, options));
  session::PassInput input;
  input.definition = exercise.definition;
  input.exercise = session::facts_of(exercise);
  input.source.kind = session::SourceKind::simulated;
  input.source.name = "golden";
  input.source.duration = movement.frames.back().time;
  const session::SessionDocument document = session::run_passes(input, movement.frames);
  Json asked = {{"repetitions", 4}, {"azimuth_deg", azimuth}, {"noise_m", 0.005}, {"seed", 11}};
  if (fault != nullptr) asked["fault"] = fault->produces;
  return {{"exercise", exercise.definition.id},
          {"options", asked},
          {"session", Json::parse(or_exit(session::to_session_json(document)))},
          {"raw", raw_of(movement, document)}};
}

void print(const Json& json) {
  std::printf("%s\n", json.dump().c_str());
}

}  // namespace
}  // namespace reprise

int main(int argc, char** argv) {
  using namespace reprise;
  const int every = argc > 1 ? std::max(1, std::atoi(argv[1])) : 1;
  print(filtered());
  int number = 0;
  for (const exercises::CatalogExercise& exercise :
       or_exit(exercises::load_catalog(REPRISE_SOURCE_DIR "/catalog/exercises"))) {
    if (number++ % every != 0) continue;
    print(session_of(exercise, nullptr));
    for (const exercises::CatalogFault& fault : exercise.movement.faults) {
      if (fault.instead) continue;
      print(session_of(exercise, &fault));
      break;
    }
  }
  return 0;
}
