// SPDX-License-Identifier: Apache-2.0
// Prints the repetitions of an exercise and their joint angles: count LANDMARK_FILE EXERCISE
#include <reprise/exercises/catalog_files.h>
#include <reprise/pipeline/analysis.h>

#include <cstdio>

#include "or_exit.h"

int main(int argc, char** argv) {
  if (argc != 3) return std::puts("usage: count LANDMARK_FILE EXERCISE"), 2;
  const auto catalog = or_exit(reprise::exercises::load_catalog(CATALOG));
  reprise::pipeline::LazyNetworks networks{{}};  // loaded if the file is a video
  const auto recording = or_exit(reprise::pipeline::read_recording(argv[1], networks, {}));
  const auto session = or_exit(reprise::pipeline::analyze(recording, *or_exit(find(catalog, argv[2]))));
  for (const auto& repetition : session.exercise.repetitions) {
    std::printf("%5.2f s to %5.2f s", repetition.start.value(), repetition.end.value());
    for (const auto& range : repetition.ranges) {
      if (range.measure != reprise::engine::Measure::knee_flexion || !range.side) continue;
      std::printf(", %s knee flexion %.0f to %.0f deg", reprise::engine::name(*range.side).data(),
                  in_degrees(range.measure, range.min), in_degrees(range.measure, range.max));
    }
    std::puts("");
  }
}
