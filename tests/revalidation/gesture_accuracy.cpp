// SPDX-License-Identifier: Apache-2.0
// The gestures of a set: how often one is heard that no one made, and how often one is missed. One line of
// JSON each:
//
//   reprise_gesture_accuracy people CATALOG_FOLDER SEED PEOPLE_PER_EXERCISE   simulated people
//   reprise_gesture_accuracy files CATALOG_FOLDER FILE…                       recorded landmarks: each
//   gesture
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "engine/exercise/gestures.h"
#include "exercises/catalog_files.h"
#include "exercises/reference_movement.h"
#include "sensing/landmarks/landmark_recording.h"
#include "tests/revalidation/people_by_chance.h"
#include "tests/support/gesturing.h"

namespace {

using namespace reprise;
using nlohmann::ordered_json;
using revalidation::Random;

/// How often a gesture is given.
int given(engine::Gesture gesture, const std::vector<engine::PoseFrame>& frames) {
  engine::GestureWatch watch(gesture);
  int times = 0;
  bool before = false;
  for (const engine::PoseFrame& frame : frames) {
    watch.step(frame);
    if (watch.given() && !before) ++times;
    before = watch.given();
  }
  return times;
}

int given(const std::optional<engine::Gesture>& gesture, const std::vector<engine::PoseFrame>& frames) {
  return gesture ? given(*gesture, frames) : 0;
}

struct Person {
  engine::GenerateOptions options;
  engine::View view = engine::View::front;
};

/// Of any build, before a camera that stands about right.
Person someone(const exercises::CatalogExercise& exercise, Random& random) {
  Person person;
  engine::GenerateOptions& options = person.options;
  options.frame_rate = Hertz{random.between(10, 30)};
  options.noise = Meters{random.between(0.003, 0.02)};
  options.drop_out_probability = random.between(0, 0.1);
  options.mirror = random.coin();
  options.seed = static_cast<std::uint64_t>(random.between(1, 1e9));
  options.body.stature = Meters{random.between(1.45, 2.0)};
  auto& proportions = options.body.proportions;
  proportions.trunk *= random.between(0.9, 1.1);
  proportions.half_shoulders *= random.between(0.85, 1.2);
  proportions.half_hips *= random.between(0.85, 1.5);
  proportions.upper_arm *= random.between(0.9, 1.1);
  proportions.forearm *= random.between(0.9, 1.1);
  const auto& views = exercise.definition.views;
  person.view = views[static_cast<std::size_t>(random.between(0, static_cast<double>(views.size()) - 1e-9))];
  options.camera = exercises::camera_for(person.view);
  options.camera.azimuth += Radians{Degrees{random.between(-20, 20)}};
  return person;
}

ordered_json line_of(const exercises::CatalogExercise& exercise, const Person& person) {
  return {{"exercise", exercise.definition.id}, {"view", engine::name(person.view)}};
}

void print(const ordered_json& line) {
  std::printf("%s\n", line.dump().c_str());
}

void set_of(const exercises::CatalogExercise& exercise, Random& random) {
  Person person = someone(exercise, random);
  person.options.repetitions = 3;
  person.options.duration_scale = random.between(0.6, 1.6);
  person.options.range_scale = random.between(0.7, 1.15);
  engine::MovementDefinition movement = exercise.movement.correct;
  movement.duration = std::min(movement.duration, Seconds{12});
  auto generated = engine::generate(movement, person.options);
  if (!generated) return;
  err_as_a_network(generated->frames, random);
  const auto& choice = exercise.definition.gestures;
  ordered_json line = line_of(exercise, person);
  line["seconds"] = generated->frames.back().time.value();
  line["pause"] = given(choice.pause, generated->frames);
  line["hurts"] = given(choice.hurts, generated->frames);
  print(line);
}

/// The arms come about as far as people's do, and stay for a little more than a second.
void gesture_of(const exercises::CatalogExercise& exercise, engine::Asked asked, Random& random) {
  const auto& choice = exercise.definition.gestures;
  const auto& gesture = asked == engine::Asked::pause ? choice.pause : choice.hurts;
  const bool leaves_first = !choice.pause && choice.hurts == engine::Gesture::hand_up;
  if (!gesture || leaves_first) return;
  Person person = someone(exercise, random);
  const bool lying = engine::lies_on(exercise.movement.correct.stance.support);
  engine::MovementDefinition movement;
  movement.stance = exercise.movement.correct.stance;
  movement.base = exercise.movement.correct.base;
  const auto rest = exercise.movement.correct.keyframes.front().angles;
  auto arms = rest;
  const engine::Side side = random.coin() ? engine::Side::left : engine::Side::right;
  for (engine::DofValue arm : engine::test::arms_in(*gesture, side, lying)) {
    std::erase_if(arms, [&](const engine::DofValue& value) { return value.dof == arm.dof; });
    arm.angle += Radians{Degrees{random.between(-12, 12)}};
    arms.push_back(arm);
  }
  const Seconds held{random.between(1.3, 2.0)};
  movement.duration = held + Seconds{1.4};
  const double moving = Seconds{0.7} / movement.duration;
  movement.keyframes = {{0, rest}, {moving, arms}, {1 - moving, arms}, {1, rest}};
  person.options.repetitions = 1;
  person.options.mirror = false;
  auto generated = engine::generate(movement, person.options);
  if (!generated) return;
  err_as_a_network(generated->frames, random);
  ordered_json line = line_of(exercise, person);
  line["gesture"] = engine::name(*gesture);
  line["held_s"] = held.value();
  line["heard"] = given(*gesture, generated->frames);
  line["as_other"] = given(asked == engine::Asked::pause ? choice.hurts : choice.pause, generated->frames);
  print(line);
}

int people(const std::vector<exercises::CatalogExercise>& catalog, std::uint64_t seed, int each) {
  Random random(seed);
  for (const exercises::CatalogExercise& exercise : catalog) {
    for (int person = 0; person < each; ++person) {
      set_of(exercise, random);
      gesture_of(exercise, engine::Asked::pause, random);
      gesture_of(exercise, engine::Asked::hurts, random);
    }
  }
  return EXIT_SUCCESS;
}

int files(int count, char** names) {
  for (int i = 0; i < count; ++i) {
    const auto recording = sensing::read_landmarks(names[i]);
    if (!recording || recording->frames.empty()) {
      std::fprintf(stderr, "%s cannot be read\n", names[i]);
      return EXIT_FAILURE;
    }
    const auto& frames = recording->frames;
    ordered_json line{{"file", names[i]}, {"seconds", (frames.back().time - frames.front().time).value()}};
    for (const engine::Gesture gesture : engine::kGestures)
      line[std::string(engine::name(gesture))] = given(gesture, frames);
    print(line);
  }
  return EXIT_SUCCESS;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) return EXIT_FAILURE;
  const auto catalog = exercises::load_catalog(argv[2]);
  if (!catalog) return EXIT_FAILURE;
  if (std::string_view(argv[1]) == "files") {
    for (const exercises::CatalogExercise& exercise : *catalog) {
      const auto& [hurts, pause] = exercise.definition.gestures;
      ordered_json line{{"exercise", exercise.definition.id}};
      line["hurts"] = hurts ? ordered_json(engine::name(*hurts)) : ordered_json(nullptr);
      line["pause"] = pause ? ordered_json(engine::name(*pause)) : ordered_json(nullptr);
      print(line);
    }
    return files(argc - 3, argv + 3);
  }
  if (argc != 5) return EXIT_FAILURE;
  return people(*catalog, static_cast<std::uint64_t>(std::atoll(argv[3])), std::atoi(argv[4]));
}
