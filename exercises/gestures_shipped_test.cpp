// SPDX-License-Identifier: Apache-2.0
// The gestures of every exercise, on generated people.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "engine/exercise/coach.h"
#include "engine/exercise/gestures.h"
#include "exercises/reference_movement.h"
#include "tests/support/gesturing.h"
#include "tests/support/shipped_catalog.h"

namespace reprise::exercises {
namespace {

struct GestureFilming {
  engine::View view = engine::View::side;
  bool mirror = false;
};

engine::GenerateOptions options_for(const GestureFilming& how) {
  engine::GenerateOptions options;
  options.noise = Meters{0.006};
  options.mirror = how.mirror;
  options.frame_rate = Hertz{15};
  options.camera = camera_for(how.view);
  if (how.mirror) options.camera.azimuth = -options.camera.azimuth;  // the working side stays the near one
  options.camera.distance = Meters{3.5};
  return options;
}

std::vector<engine::PoseFrame> filmed_set(const CatalogExercise& exercise, const GestureFilming& how,
                                          double range = 1) {
  engine::GenerateOptions options = options_for(how);
  options.repetitions = 2;
  options.range_scale = range;
  engine::MovementDefinition movement = exercise.movement.correct;
  movement.duration = std::min(movement.duration, Seconds{12});
  return engine::generate(movement, options).value().frames;
}

bool lies(const CatalogExercise& exercise) {
  return engine::lies_on(exercise.movement.correct.stance.support);
}

/// At rest in the exercise's own starting posture; then the arms make the gesture for two seconds.
std::vector<engine::PoseFrame> filmed_gesture(const CatalogExercise& exercise, engine::Gesture gesture,
                                              engine::Side side, const GestureFilming& how) {
  engine::MovementDefinition movement;
  movement.stance = exercise.movement.correct.stance;
  movement.base = exercise.movement.correct.base;
  movement.duration = Seconds{3.4};
  const std::vector<engine::DofValue> rest = exercise.movement.correct.keyframes.front().angles;
  std::vector<engine::DofValue> arms = rest;
  for (const engine::DofValue& arm : engine::test::arms_in(gesture, side, lies(exercise))) {
    std::erase_if(arms, [&](const engine::DofValue& value) { return value.dof == arm.dof; });
    arms.push_back(arm);
  }
  movement.keyframes = {{0, rest}, {0.2, arms}, {0.8, arms}, {1, rest}};
  engine::GenerateOptions options = options_for(how);
  options.repetitions = 1;
  return engine::generate(movement, options).value().frames;
}

struct Heard {
  int hurts = 0;
  int pause = 0;
  std::optional<Seconds> at;  ///< of the first
};

/// How often each is given.
Heard hear(const engine::GestureChoice& choice, const std::vector<engine::PoseFrame>& frames) {
  engine::Gestures gestures(choice);
  Heard heard;
  bool hurt = false;
  bool paused = false;
  for (const engine::PoseFrame& frame : frames) {
    gestures.step(frame);
    const auto now = gestures.now();
    const bool given = now && now->given;
    const bool hurts = given && now->asked == engine::Asked::hurts;
    const bool pauses = given && !hurts;
    if (hurts && !hurt) ++heard.hurts;
    if (pauses && !paused) ++heard.pause;
    if (((hurts && !hurt) || (pauses && !paused)) && !heard.at) heard.at = frame.time;
    hurt = hurts;
    paused = pauses;
  }
  return heard;
}

std::string gesture_place(const CatalogExercise& exercise, const GestureFilming& how) {
  return exercise.definition.id + " from " + std::string(engine::name(how.view)) +
         (how.mirror ? ", left" : ", right");
}

template <class Check>
void for_each_place(const Check& check) {
  for (const CatalogExercise& exercise : shipped()) {
    for (const engine::View view : exercise.definition.views) {
      for (const bool mirror : {false, true}) check(exercise, GestureFilming{view, mirror});
    }
  }
}

TEST(ShippedGestures, NoSetOfAnyExerciseMakesItsOwn) {
  for_each_place([](const CatalogExercise& exercise, const GestureFilming& how) {
    for (const double range : {0.5, 1.0, 1.15}) {
      const Heard heard = hear(exercise.definition.gestures, filmed_set(exercise, how, range));
      EXPECT_EQ(heard.hurts + heard.pause, 0) << gesture_place(exercise, how) << " to " << range;
    }
  });
}

TEST(ShippedGestures, EachIsHeardFromEachViewAndForItselfAlone) {
  for_each_place([](const CatalogExercise& exercise, const GestureFilming& how) {
    const auto& choice = exercise.definition.gestures;
    const std::string& id = exercise.definition.id;
    // Bent forward, a person straightens up first. Known, the reason not yet found: on a step, from the side,
    // one of the hands is not heard.
    if (id == "bent_over_row" || id == "triceps_kickback" || id == "step_down") return;
    // On hands and knees or the front, a person first leaves the position (docs/guide/set-up-check.md).
    if (!choice.pause && choice.hurts == engine::Gesture::hand_up) return;
    for (const engine::Side side : {engine::Side::left, engine::Side::right}) {
      if (choice.hurts) {
        const Heard heard = hear(choice, filmed_gesture(exercise, *choice.hurts, side, how));
        EXPECT_EQ(heard.hurts, 1) << gesture_place(exercise, how) << ": " << name(*choice.hurts);
        EXPECT_EQ(heard.pause, 0) << gesture_place(exercise, how) << ": " << name(*choice.hurts);
      }
      if (choice.pause) {
        const Heard heard = hear(choice, filmed_gesture(exercise, *choice.pause, side, how));
        EXPECT_EQ(heard.pause, 1) << gesture_place(exercise, how) << ": " << name(*choice.pause);
        EXPECT_EQ(heard.hurts, 0) << gesture_place(exercise, how) << ": " << name(*choice.pause);
      }
    }
  });
}

// Until it is given: then the set pauses, and its frames end.
TEST(ShippedGestures, NoneIsARepetition) {
  for_each_place([](const CatalogExercise& exercise, const GestureFilming& how) {
    const auto& choice = exercise.definition.gestures;
    for (const auto gesture : {choice.hurts, choice.pause}) {
      if (!gesture || (!choice.pause && gesture == engine::Gesture::hand_up)) continue;
      const auto frames = filmed_gesture(exercise, *gesture, engine::Side::right, how);
      const Heard heard = hear(choice, frames);
      engine::Coach coach(exercise.definition);
      for (const engine::PoseFrame& frame : frames) {
        if (heard.at && frame.time > *heard.at) break;
        (void)coach.step(frame);
      }
      EXPECT_EQ(coach.complete_count(), 0) << gesture_place(exercise, how) << ": " << name(*gesture);
    }
  });
}

TEST(ShippedGestures, TheTwoDifferAndSuitTheExercise) {
  const auto choice = [](const char* id) { return (*find(shipped(), id))->definition.gestures; };
  using engine::Gesture;
  using Choice = engine::GestureChoice;
  int pausing = 0;
  int hurting = 0;
  for (const CatalogExercise& exercise : shipped()) {
    const Choice& of = exercise.definition.gestures;
    if (of.pause) {
      EXPECT_NE(of.pause, of.hurts) << exercise.definition.id;
      ++pausing;
    }
    if (of.hurts) ++hurting;
  }
  RecordProperty("pause", pausing);
  RecordProperty("hurts", hurting);
  EXPECT_EQ(choice("squat"), (Choice{Gesture::hand_up, Gesture::arm_out}));
  EXPECT_EQ(choice("heel_slide"), (Choice{Gesture::hand_up, Gesture::arm_out}));
  EXPECT_EQ(choice("shoulder_flexion").hurts, Gesture::wrists_crossed);
  EXPECT_NE(choice("shoulder_abduction").pause, Gesture::arm_out);
  EXPECT_EQ(choice("plank").pause, std::nullopt);
}

}  // namespace
}  // namespace reprise::exercises
