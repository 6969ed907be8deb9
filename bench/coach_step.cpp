// SPDX-License-Identifier: Apache-2.0
// How long the live coach takes for one frame, and the two passes for a whole recording: `make bench`.
// Ratios, not seconds, are compared between machines: the coach against the pose networks
// (bench/networks.mjs).

#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstdlib>

#include "engine/exercise/coach.h"
#include "engine/synthesis/generate.h"
#include "exercises/catalog.h"
#include "exercises/catalog_files.h"
#include "session/exercise_facts.h"
#include "session/passes.h"

namespace reprise {
namespace {

const std::vector<exercises::CatalogExercise>& catalog() {
  static const std::vector<exercises::CatalogExercise> all = [] {
    auto loaded = exercises::load_catalog(REPRISE_SOURCE_DIR "/catalog/exercises");
    if (!loaded) {
      std::fprintf(stderr, "%s\n", to_string(loaded.error()).c_str());
      std::exit(3);
    }
    return *loaded;
  }();
  return all;
}

std::vector<engine::PoseFrame> filmed(const exercises::CatalogExercise& exercise, int repetitions) {
  const auto movement = engine::generate(exercise.movement.correct,
                                         {.repetitions = repetitions, .noise = Meters{0.008}, .seed = 7});
  if (!movement) {
    std::fprintf(stderr, "%s\n", to_string(movement.error()).c_str());
    std::exit(3);
  }
  return movement->frames;
}

void coach_step(benchmark::State& state) {
  const exercises::CatalogExercise& exercise = catalog()[static_cast<std::size_t>(state.range(0))];
  const std::vector<engine::PoseFrame> frames = filmed(exercise, 10);
  state.SetLabel(exercise.definition.id);
  for (auto _ : state) {
    engine::Coach coach{exercise.definition};
    for (const engine::PoseFrame& frame : frames) benchmark::DoNotOptimize(coach.step(frame));
  }
  // As printed: the mean time of one step.
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(frames.size()));
  state.counters["step"] = benchmark::Counter(static_cast<double>(state.iterations() * frames.size()),
                                              benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}
BENCHMARK(coach_step)->DenseRange(0, 7)->Unit(benchmark::kMicrosecond);

void both_passes(benchmark::State& state) {
  const exercises::CatalogExercise& exercise = **exercises::find(catalog(), "squat");
  const std::vector<engine::PoseFrame> frames = filmed(exercise, 10);
  session::PassInput input;
  input.definition = exercise.definition;
  input.exercise = session::facts_of(exercise);
  for (auto _ : state) benchmark::DoNotOptimize(session::run_passes(input, frames));
  state.counters["frame"] = benchmark::Counter(static_cast<double>(state.iterations() * frames.size()),
                                               benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}
BENCHMARK(both_passes)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace reprise

BENCHMARK_MAIN();
