// SPDX-License-Identifier: Apache-2.0
// The set-up check and the raised hand over the whole catalog, on generated people.

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/exercise/coach.h"
#include "engine/exercise/setup_check.h"
#include "exercises/reference_movement.h"
#include "tests/support/shipped_catalog.h"

namespace reprise::exercises {
namespace {

struct Filmed {
  std::vector<engine::PoseFrame> frames;
  engine::VirtualCamera camera;
};

struct Filming {
  engine::View view = engine::View::side;
  bool mirror = false;
  Meters distance{3.5};
  int repetitions = 0;
  double aside_m = 0;  ///< how far the camera was moved sideways
};

Filmed film(const CatalogExercise& exercise, const Filming& how) {
  Filmed filmed;
  engine::GenerateOptions options;
  options.repetitions = how.repetitions;
  options.before = Seconds{2};
  options.noise = Meters{0.004};
  options.mirror = how.mirror;
  options.frame_rate = Hertz{15};
  options.camera = camera_for(how.view);
  if (how.mirror) options.camera.azimuth = -options.camera.azimuth;  // the working side stays the near one
  options.camera.distance = how.distance;
  filmed.camera = options.camera;
  engine::MovementDefinition movement = exercise.movement.correct;
  movement.duration = std::min(movement.duration, Seconds{12});
  filmed.frames = engine::generate(movement, options).value().frames;
  for (engine::PoseFrame& frame : filmed.frames) {
    for (std::size_t l = 0; l < engine::kLandmarkCount; ++l) {
      engine::ImagePoint& point = (*frame.pose->image)[l];
      point.x_px += how.aside_m / how.distance.value() * filmed.camera.focal_px;
      if (point.x_px < 0) frame.pose->visibility[l] = 0;
    }
  }
  return filmed;
}

/// Returns the side that the exercise names for the working limb.
engine::Prescribed prescribed(const CatalogExercise& exercise, bool mirror) {
  if (!exercise.definition.sided) return {};
  return engine::swap_named_and_working(exercise.definition,
                                        mirror ? engine::Side::left : engine::Side::right);
}

engine::ReadinessState check(const CatalogExercise& exercise, const Filming& how) {
  const Filmed filmed = film(exercise, how);
  engine::Readiness readiness(exercise.definition, prescribed(exercise, how.mirror));
  engine::ReadinessState state;
  for (const engine::PoseFrame& frame : filmed.frames)
    state = readiness.step(frame, {filmed.camera.width_px, filmed.camera.height_px, 1, 0.5});
  return state;
}

std::string said(const engine::ReadinessState& state) {
  std::string text;
  for (const engine::Finding& finding : state.findings) {
    text += std::string(engine::name(finding.obstacle)) + " ";
    if (finding.part) text += std::string(engine::name(*finding.part)) + " ";
    if (finding.side) text += std::string(engine::name(*finding.side)) + " ";
  }
  return text;
}

bool says(const engine::ReadinessState& state, engine::SetupObstacle obstacle) {
  return std::any_of(state.findings.begin(), state.findings.end(),
                     [&](const engine::Finding& finding) { return finding.obstacle == obstacle; });
}

std::string place_of(const CatalogExercise& exercise, const Filming& how) {
  return exercise.definition.id + " from " + std::string(engine::name(how.view)) +
         (how.mirror ? ", left" : ", right");
}

TEST(ShippedReadiness, EveryExerciseBecomesGoodFromEachOfItsViewsOnEitherSide) {
  for (const CatalogExercise& exercise : shipped()) {
    for (const engine::View view : exercise.definition.views) {
      for (const bool mirror : {false, true}) {
        const Filming how{view, mirror};
        const engine::ReadinessState state = check(exercise, how);
        EXPECT_TRUE(state.findings.empty()) << place_of(exercise, how) << ": " << said(state);
        EXPECT_GT(state.good_for, Seconds{1.5}) << place_of(exercise, how);
      }
    }
  }
}

// Patient finding 7
TEST(ShippedReadiness, AStandingPersonIsNotReadyToExerciseLying) {
  const CatalogExercise& squat = **find(shipped(), "squat");
  int lying = 0;
  for (const CatalogExercise& exercise : shipped()) {
    const engine::BodyPosition usual = exercise.definition.positions.front();
    if (usual == engine::BodyPosition::standing || usual == engine::BodyPosition::sitting) continue;
    // Half kneeling: a thigh and a shank hang down, as in standing.
    if (exercise.definition.positions_at_start.any_of({engine::BodyPosition::standing})) continue;
    ++lying;
    for (const engine::View view : {engine::View::front, engine::View::oblique, engine::View::side}) {
      const Filmed filmed = film(squat, {view});
      engine::Readiness readiness(exercise.definition);
      for (const engine::PoseFrame& frame : filmed.frames) {
        const auto& state = readiness.step(frame, {filmed.camera.width_px, filmed.camera.height_px, 1, 0.5});
        EXPECT_FALSE(state.position_sure);
      }
      const auto& findings = readiness.step(filmed.frames.back(), {}).findings;
      const auto told = std::find_if(findings.begin(), findings.end(), [](const engine::Finding& finding) {
        return finding.obstacle == engine::SetupObstacle::other_position;
      });
      ASSERT_NE(told, findings.end()) << place_of(exercise, {view});
      EXPECT_EQ(told->position, usual) << place_of(exercise, {view});
    }
  }
  EXPECT_GE(lying, 12);
}

TEST(ShippedReadiness, APersonInPositionIsNeverAsked) {
  for (const CatalogExercise& exercise : shipped()) {
    for (const engine::View view : exercise.definition.views) {
      EXPECT_TRUE(check(exercise, {view}).position_sure) << place_of(exercise, {view});
    }
  }
}

TEST(ShippedReadiness, NoneIsGoodTooNearTooFarOrHalfOutOfThePicture) {
  for (const CatalogExercise& exercise : shipped()) {
    const engine::View view = exercise.definition.views.front();
    EXPECT_FALSE(check(exercise, {view, false, Meters{0.5}}).findings.empty()) << exercise.definition.id;
    EXPECT_TRUE(says(check(exercise, {view, false, Meters{9}}), engine::SetupObstacle::too_far))
        << exercise.definition.id;
    const engine::ReadinessState half = check(exercise, {view, false, Meters{3.5}, 0, -2.2});
    EXPECT_TRUE(says(half, engine::SetupObstacle::cut_off)) << exercise.definition.id << ": " << said(half);
  }
}

TEST(ShippedReadiness, AnotherViewIsSaidWhereverItCanBeSeen) {
  int told = 0;
  for (const CatalogExercise& exercise : shipped()) {
    for (const engine::View view :
         {engine::View::front, engine::View::oblique, engine::View::side, engine::View::back}) {
      const auto& views = exercise.definition.views;
      if (std::find(views.begin(), views.end(), view) != views.end()) continue;
      const engine::ReadinessState state = check(exercise, {view});
      if (!state.view || *state.view != view) continue;  // lying: the view is not that of the camera
      EXPECT_TRUE(says(state, engine::SetupObstacle::other_view))
          << place_of(exercise, {view}) << ": " << said(state);
      ++told;
    }
  }
  EXPECT_GT(told, 40);
}

// A correct set never looks like the signal, for any body or view.
TEST(ShippedReadiness, NoCorrectSetRaisesTheHandSignal) {
  for (const CatalogExercise& exercise : shipped()) {
    for (const engine::View view : exercise.definition.views) {
      for (const bool mirror : {false, true}) {
        const Filmed filmed = film(exercise, {view, mirror, Meters{3.5}, 1});
        engine::Coach coach(exercise.definition);
        engine::Readiness readiness(exercise.definition);
        bool before = false;
        bool during = false;
        for (const engine::PoseFrame& frame : filmed.frames) {
          (void)coach.step(frame);
          during = during || coach.now().raised_hand.has_value();
          if (frame.time < Seconds{2}) before = before || readiness.step(frame, {}).raised_hand;
        }
        EXPECT_FALSE(before) << place_of(exercise, {view, mirror});
        EXPECT_FALSE(during) << place_of(exercise, {view, mirror});
      }
    }
  }
}

TEST(ShippedReadiness, TheSignalIsKeptWhereNoHandGoesUp) {
  const auto hands = [](const char* id) { return (*find(shipped(), id))->definition.hands_up; };
  for (const char* id :
       {"squat", "heel_raise", "elbow_flexion", "neck_rotation", "heel_slide", "sit_to_stand"})
    EXPECT_EQ(hands(id), engine::HandsUp::never) << id;
  for (const char* id : {"shoulder_flexion", "shoulder_abduction", "scaption", "jumping_jack"})
    EXPECT_EQ(hands(id), engine::HandsUp::moving) << id;
}

}  // namespace
}  // namespace reprise::exercises
