// SPDX-License-Identifier: Apache-2.0
// Times what runs in the browser as well as natively, so that the two builds can be compared (wasm.mjs).
//
//   reprise_engine_times ROUNDS
//
// Prints one JSON object: for each piece of work the microseconds a frame of every round. A round takes a
// tenth of a second or more; the first two are warm-up (the browser compiles twice) and are not printed.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <span>
#include <string>

#include "engine/exercise/coach.h"
#include "engine/inverse_kinematics/body_fit.h"
#include "engine/inverse_kinematics/live_fit.h"
#include "engine/synthesis/generate.h"
#include "exercises/catalog_files.h"
#include "exercises/known_exercises.h"
#include "session/document_json.h"
#include "session/exercise_facts.h"
#include "session/passes.h"
#include "tests/support/or_exit.h"

namespace reprise {
namespace {

constexpr int kWarmUp = 2;
constexpr double kRoundS = 0.1;

/// One piece of work over all frames of a recording. Returns something of the result, so that none of it can
/// be left out.
struct Work {
  const char* name;
  std::size_t frames;
  std::function<std::size_t()> run;
};

double seconds_now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double microseconds_a_frame(const Work& work, std::size_t& kept) {
  const double begin = seconds_now();
  double now = begin;
  std::size_t runs = 0;
  for (; now - begin < kRoundS; now = seconds_now(), ++runs) kept += work.run();
  return (now - begin) * 1e6 / static_cast<double>(runs * work.frames);
}

std::vector<Work> all_work(const exercises::CatalogExercise& exercise,
                           const std::vector<engine::PoseFrame>& frames,
                           const std::shared_ptr<const engine::Recognizer>& recognizer) {
  const auto coach = [&] {
    engine::Coach live{exercise.definition};
    std::size_t events = 0;
    for (const engine::PoseFrame& frame : frames) events += live.step(frame).size();
    return events;
  };
  const auto fit = [&frames] { return or_exit(engine::fit_body(frames)).states.size(); };
  // As of a video: to the pixels of a network before one camera, as one movement.
  const auto fit_of_video = [&frames] {
    constexpr engine::Pinhole kCamera{1005, 640, 360};
    return or_exit(engine::fit_body(frames, {.frame = {.pinhole = kCamera}, .network_landmarks = true}))
        .states.size();
  };
  const auto live_fit = [&frames] {
    engine::LiveFit body;
    std::size_t seen = 0;
    for (const engine::PoseFrame& frame : frames) seen += body.step(frame).has_value() ? 1 : 0;
    return seen;
  };
  session::PassInput input;
  input.definition = exercise.definition;
  input.exercise = session::facts_of(exercise);
  const auto passes = [&frames, input] {
    return session::run_passes(input, frames).exercise.repetitions.size();
  };
  const auto document = [&frames, input] {
    return or_exit(session::to_session_json(session::run_passes(input, frames))).size();
  };
  // One look at the last eight seconds, as it is taken twice a second.
  const auto look = [&frames, recognizer] {
    return recognizer->recognize(std::span{frames}.first(std::min<std::size_t>(240, frames.size())))
        .ranked.size();
  };
  return {{"coach", frames.size(), coach},
          {"fit", frames.size(), fit},
          {"fit_of_video", frames.size(), fit_of_video},
          {"live_fit", frames.size(), live_fit},
          {"both_passes", frames.size(), passes},
          {"session_json", frames.size(), document},
          {"look", 1, look}};
}

}  // namespace
}  // namespace reprise

int main(int argc, char** argv) {
  using namespace reprise;
  const int rounds = argc > 1 ? std::atoi(argv[1]) : 5;
  const auto catalog = or_exit(exercises::load_catalog(REPRISE_SOURCE_DIR "/catalog/exercises"));
  const exercises::CatalogExercise& squat = *or_exit(exercises::find(catalog, "squat"));
  const auto movement = or_exit(
      engine::generate(squat.movement.correct, {.repetitions = 10, .noise = Meters{0.008}, .seed = 7}));
  const auto recognizer = std::make_shared<const engine::Recognizer>(exercises::known_exercises(catalog));
  std::size_t kept = 0;
  std::string out;
  for (const Work& work : all_work(squat, movement.frames, recognizer)) {
    out += out.empty() ? "{" : ", ";
    out += '"' + std::string{work.name} + "\": [";
    for (int i = 0; i < kWarmUp + rounds; ++i) {
      const double time_us = microseconds_a_frame(work, kept);
      if (i >= kWarmUp) out += (i > kWarmUp ? ", " : "") + std::to_string(time_us);
    }
    out += ']';
  }
  std::printf("%s}\n", out.c_str());
  return kept > 0 ? 0 : 1;
}
