// SPDX-License-Identifier: Apache-2.0
// Recognition of recorded landmarks, and for each exercise of the catalog what the coach counts in them and
// whether recognition says that it is another. One line of JSON a file:
//
//   reprise_recognition_files CATALOG_FOLDER FILE…
#include <cstdio>
#include <cstdlib>
#include <map>
#include <nlohmann/json.hpp>

#include "engine/exercise/coach.h"
#include "engine/recognition/live_recognition.h"
#include "engine/recognition/recognizer.h"
#include "exercises/catalog_files.h"
#include "exercises/known_exercises.h"
#include "sensing/landmarks/landmark_recording.h"

int main(int argc, char** argv) {
  using namespace reprise;
  if (argc < 3) return EXIT_FAILURE;
  const auto catalog = exercises::load_catalog(argv[1]);
  if (!catalog) return EXIT_FAILURE;
  const engine::Recognizer recognizer(exercises::known_exercises(*catalog));
  for (int i = 2; i < argc; ++i) {
    const auto recording = sensing::read_landmarks(argv[i]);
    if (!recording) continue;
    const engine::Recognition found = recognizer.recognize(recording->frames);
    nlohmann::ordered_json line{{"file", argv[i]}, {"unknown", found.unknown}};
    for (const engine::RankedGroup& group : found.ranked) {
      line["ranked"].push_back({{"group", group.group},
                                {"exercises", group.exercises},
                                {"distance", group.distance},
                                {"probability", group.probability}});
    }
    // Live: one look serves all exercises, and two in a row must agree.
    engine::LiveRecognition live(recognizer, "");
    std::map<std::string, int> in_a_row;
    std::map<std::string, double> live_other_s;
    for (const engine::PoseFrame& frame : recording->frames) {
      const engine::LiveRecognitionState& state = live.step(frame);
      if (!state.looked) continue;
      for (const exercises::CatalogExercise& exercise : *catalog) {
        const std::string& id = exercise.definition.id;
        in_a_row[id] = engine::looks_like_other(state.recognition, id) ? in_a_row[id] + 1 : 0;
        if (in_a_row[id] >= engine::LiveRecognitionLimits{}.looks_in_a_row)
          live_other_s.emplace(id, (frame.time - recording->frames.front().time).value());
      }
    }
    for (const exercises::CatalogExercise& exercise : *catalog) {
      const std::string& id = exercise.definition.id;
      engine::Coach coach(exercise.definition);
      for (const engine::PoseFrame& frame : recording->frames) (void)coach.step(frame);
      (void)coach.finish();
      line["told"].push_back(
          {{"exercise", id},
           {"counted", coach.complete_count()},
           {"called_other", engine::looks_like_other(found, id, coach.complete_count()).has_value()}});
      if (const auto when = live_other_s.find(id); when != live_other_s.end())
        line["told"].back()["live_other_s"] = when->second;
    }
    std::printf("%s\n", line.dump().c_str());
  }
  return EXIT_SUCCESS;
}
