// SPDX-License-Identifier: Apache-2.0
// Simulates a person who does eight sit-to-stands, and counts them.
#include <reprise/exercises/catalog_files.h>
#include <reprise/pipeline/analysis.h>
#include <reprise/pipeline/simulated_recording.h>

#include <cstdio>

#include "or_exit.h"

int main() {
  const auto catalog = or_exit(reprise::exercises::load_catalog(CATALOG));
  const auto& exercise = *or_exit(find(catalog, "sit_to_stand"));
  const auto simulation = or_exit(reprise::pipeline::plan_simulation({.repetitions = 8}, exercise));
  const auto movement = or_exit(reprise::engine::generate(simulation.definition, simulation.options));
  const auto recording =
      or_exit(reprise::pipeline::recording_from(recording_of(movement, simulation), "simulated"));
  const auto session = or_exit(reprise::pipeline::analyze(recording, exercise));
  std::printf("simulated %zu, counted %d\n", movement.repetitions.size(),
              session.exercise.summary.repetitions_complete);
}
