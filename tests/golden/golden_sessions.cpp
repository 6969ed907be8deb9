// Fixed sessions of every catalog exercise, from the generator to the session document, as JSON on standard
// output, one a line: `session` as it is written for people, `raw` before rounding. Its first line holds
// filtered signals. Built natively and for the browser; native_and_wasm.mjs compares the two.

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

namespace reprise {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kPosesEvery = 20;  // frames; all of them would be many megabytes

template <class T>
T or_exit(Result<T> result) {
  if (result) return std::move(*result);
  std::fprintf(stderr, "%s\n", to_string(result.error()).c_str());
  std::exit(1);
}

// From numbers that are the same bits everywhere, so that a difference is the filter's own.
Json filtered() {
  const detail::CounterRandom random(7);
  std::vector<double> noise;
  for (std::uint64_t i = 0; i < 300; ++i) noise.push_back(random.normal(i));
  const Hertz rate{30};
  auto one_euro = or_exit(OneEuroFilter::create({.min_cutoff = Hertz{2}, .beta = 4}));
  std::vector<double> followed;
  for (std::size_t i = 0; i < noise.size(); ++i) {
    followed.push_back(one_euro.step(period(rate) * static_cast<double>(i), noise[i]).value_or(0));
  }
  return {{"butterworth_zero_phase", or_exit(butterworth_zero_phase(noise, rate, {}))},
          {"one_euro", followed},
          {"savitzky_golay", or_exit(savitzky_golay(noise, rate, {.derivative = 1}))}};
}

Json raw_of(const GeneratedMovement& movement, const SessionDocument& document) {
  Json poses = Json::array();
  for (std::size_t i = 0; i < movement.frames.size(); i += kPosesEvery) {
    for (const auto& point : movement.frames[i].pose->world_m) {
      for (const double coordinate : point.v) poses.push_back(coordinate);
    }
  }
  Json series = Json::object();
  for (const MeasureSeries& one : document.exercise.series) {
    Json values = Json::array();
    for (const auto& value : one.values) values.push_back(value ? Json(*value) : Json());
    series[std::string{info(one.measure).name} + (one.side == Side::right ? ".right" : ".left")] = values;
  }
  Json repetitions = Json::array();
  for (const RecordedRepetition& r : document.exercise.repetitions) {
    Json ranges = Json::array();
    for (const MeasuredRange& range : r.ranges) ranges.insert(ranges.end(), {range.min, range.max});
    Json faults = Json::array();
    for (const Fault& fault : r.faults) faults.insert(faults.end(), {fault.value, fault.amount});
    repetitions.push_back({{"times_s", {r.start.value(), r.extreme.value(), r.end.value()}},
                           {"ranges", ranges},
                           {"faults", faults},
                           {"smoothness", r.smoothness_sparc ? Json(*r.smoothness_sparc) : Json()},
                           {"peak_speed", r.peak_speed ? Json(*r.peak_speed) : Json()},
                           {"score", r.quality.score ? Json(*r.quality.score) : Json()}});
  }
  return {{"poses_m", poses}, {"series", series}, {"repetitions", repetitions}};
}

double azimuth_deg(View view) {
  switch (view) {
    case View::front: return 0;
    case View::oblique: return -45;
    case View::side: return -90;
    case View::back: return 180;
  }
  return 0;
}

// The options bear the names of the browser module's `simulate`, whose test repeats these sessions.
Json session_of(const CatalogExercise& exercise, const CatalogFault* fault) {
  const double azimuth = azimuth_deg(exercise.definition.views.front());
  GenerateOptions options{.repetitions = 4, .noise = Meters{0.005}, .seed = 11};
  options.camera.azimuth = Degrees{azimuth};
  if (fault != nullptr) options.faults = {{.offsets = fault->add}};
  const GeneratedMovement movement = or_exit(generate(exercise.movement.correct, options));
  PassInput input;
  input.definition = exercise.definition;
  input.exercise = facts_of(exercise);
  input.source.kind = SourceKind::simulated;
  input.source.name = "golden";
  input.source.duration = movement.frames.back().time;
  const SessionDocument document = run_passes(input, movement.frames);
  Json asked = {{"repetitions", 4}, {"azimuth_deg", azimuth}, {"noise_m", 0.005}, {"seed", 11}};
  if (fault != nullptr) asked["fault"] = fault->produces;
  return {{"exercise", exercise.definition.id},
          {"options", asked},
          {"session", Json::parse(or_exit(to_session_json(document)))},
          {"raw", raw_of(movement, document)}};
}

void print(const Json& json) {
  std::printf("%s\n", json.dump().c_str());
}

}  // namespace
}  // namespace reprise

int main() {
  using namespace reprise;
  print(filtered());
  for (const CatalogExercise& exercise : or_exit(load_catalog(REPRISE_SOURCE_DIR "/catalog/exercises"))) {
    print(session_of(exercise, nullptr));
    for (const CatalogFault& fault : exercise.movement.faults) {
      if (fault.instead) continue;
      print(session_of(exercise, &fault));
      break;
    }
  }
  return 0;
}
