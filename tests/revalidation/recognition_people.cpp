// SPDX-License-Identifier: Apache-2.0
// Recognition of simulated people who did not draw the templates: other tempo, range, posture, camera, noise,
// and errors as a network makes them (depth compressed, the whole body leaning). One line of JSON a person:
//
//   reprise_recognition_people CATALOG_FOLDER SEED PEOPLE_PER_EXERCISE
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include <nlohmann/json.hpp>

#include "engine/recognition/recognizer.h"
#include "exercises/catalog_files.h"
#include "exercises/known_exercises.h"
#include "exercises/reference_movement.h"
#include "tests/revalidation/people_by_chance.h"

namespace {

using namespace reprise;
using revalidation::Random;

void restyle(engine::MovementDefinition& movement, Random& random) {
  using engine::Dof;
  for (const Dof dof : {Dof::left_shoulder_flexion, Dof::right_shoulder_flexion, Dof::left_elbow_flexion,
                        Dof::right_elbow_flexion, Dof::pelvis_tilt, Dof::neck_flexion}) {
    const Radians more{Degrees{random.between(-10, 15)}};
    bool found = false;
    for (engine::DofValue& value : movement.base) {
      if (value.dof != dof) continue;
      value.angle += more;
      found = true;
    }
    if (!found) movement.base.push_back({dof, more});
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return EXIT_FAILURE;
  const auto catalog = exercises::load_catalog(argv[1]);
  if (!catalog) return EXIT_FAILURE;
  Random random(static_cast<std::uint64_t>(std::atoll(argv[2])));
  using Clock = std::chrono::steady_clock;
  const auto seconds = [](Clock::time_point since) {
    return std::chrono::duration<double>(Clock::now() - since).count();
  };
  const auto begun = Clock::now();
  const engine::Recognizer recognizer(exercises::known_exercises(*catalog));
  std::printf("%s\n",
              nlohmann::json{{"exercises", recognizer.exercise_count()}, {"drawing_s", seconds(begun)}}
                  .dump()
                  .c_str());
  for (const exercises::CatalogExercise& exercise : *catalog) {
    const std::string& id = exercise.definition.id;
    for (int person = 0; person < std::atoi(argv[3]); ++person) {
      engine::MovementDefinition movement = exercise.movement.correct;
      restyle(movement, random);
      movement.duration = std::min(movement.duration, Seconds{6});
      engine::GenerateOptions options;
      options.repetitions = 3;
      options.frame_rate = Hertz{20};
      options.duration_scale = random.between(0.6, 1.6);
      options.range_scale = random.between(0.7, 1.15);
      options.noise = Meters{random.between(0.003, 0.015)};
      options.mirror = exercise.definition.sided && random.coin();
      options.seed = static_cast<std::uint64_t>(random.between(1, 1e9));
      const auto& views = exercise.definition.views;
      const auto view =
          views[static_cast<std::size_t>(random.between(0, static_cast<double>(views.size()) - 1e-9))];
      options.camera = exercises::camera_for(view);
      options.camera.azimuth += Radians{Degrees{random.between(-20, 20)}};
      auto generated = engine::generate(movement, options);
      if (!generated) continue;
      err_as_a_network(generated->frames, random);
      const auto asked = Clock::now();
      engine::Recognition found = recognizer.recognize(generated->frames);
      const double took = seconds(asked);
      if (found.ranked.empty()) continue;
      const std::string group{exercises::group_of(id)};
      nlohmann::ordered_json line{{"exercise", id}, {"group", group}, {"view", engine::name(view)}};
      for (std::size_t rank = 0; rank < found.ranked.size(); ++rank) {
        if (found.ranked[rank].group != group) continue;
        line["rank"] = rank + 1;
        line["distance"] = found.ranked[rank].distance;
      }
      line["first"] = found.ranked.front().group;
      line["first_distance"] = found.ranked.front().distance;
      line["second_distance"] = found.ranked[1].distance;
      line["unknown"] = found.unknown;
      line["called_other"] = engine::looks_like_other(found, id).has_value();
      int uncalled = 0;  // other exercises that this one would pass for
      for (const exercises::CatalogExercise& named : *catalog) {
        if (exercises::group_of(named.definition.id) == group) continue;
        if (!engine::looks_like_other(found, named.definition.id)) ++uncalled;
      }
      line["passes_for"] = uncalled;
      // Without its own group it is a movement that is not known.
      std::erase_if(found.ranked, [&](const engine::RankedGroup& g) { return g.group == group; });
      engine::fill_probabilities(found);
      line["left_out"] = {{"unknown", found.unknown},
                          {"first", found.ranked.front().group},
                          {"distance", found.ranked.front().distance},
                          {"second_distance", found.ranked[1].distance}};
      line["seconds"] = took;
      std::printf("%s\n", line.dump().c_str());
    }
  }
  return EXIT_SUCCESS;
}
