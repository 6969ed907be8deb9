// The announcements during a whole set, over the whole catalog, on generated people.

#include <gtest/gtest.h>

#include "engine/exercise/set_watch.h"
#include "exercises/pace.h"
#include "exercises/reference_movement.h"
#include "tests/support/degrees.h"
#include "tests/support/shipped_catalog.h"

namespace reprise {
namespace {

struct Told {
  std::vector<SetProblem> problems;  ///< each time that one began
  std::vector<CoachEvent> short_ones;
  int counted = 0;
  bool demonstrated = false;
};

Told watched(const CatalogExercise& exercise, const std::vector<PoseFrame>& frames) {
  Coach coach(exercise.definition);
  const auto pace = pace_of(exercise);
  SetWatch watch(exercise.definition, {.repetition = pace ? duration(*pace) : Seconds{0}});
  Told told;
  std::optional<SetProblem> last;
  for (const PoseFrame& frame : frames) {
    const auto events = coach.step(frame);
    for (const CoachEvent& event : events) {
      if (event.kind == CoachEventKind::fell_short) told.short_ones.push_back(event);
    }
    const SetState& state = watch.step(frame, 1, coach.now(), events);
    if (state.problem && state.problem != last) told.problems.push_back(*state.problem);
    last = state.problem;
    told.demonstrated = told.demonstrated || state.demonstrate;
  }
  told.counted = coach.complete_count();
  return told;
}

const CatalogExercise& shipped_one(const char* id) {
  return **find(shipped(), id);
}

std::vector<PoseFrame> filmed(const CatalogExercise& exercise, View view, GenerateOptions options) {
  options.camera = camera_for(view);
  options.frame_rate = Hertz{20};
  return generate(exercise.movement.correct, options).value().frames;
}

// Patient findings 6 to 9: only true announcements.
TEST(ShippedSetWatch, NothingIsSaidOfACorrectSet) {
  for (const CatalogExercise& exercise : shipped()) {
    for (const View view : exercise.definition.views) {
      GenerateOptions options{.repetitions = 2};
      options.noise = Meters{0.004};
      const Told told = watched(exercise, filmed(exercise, view, options));
      const std::string place = exercise.definition.id + " from " + std::string(name(view));
      for (const SetProblem problem : told.problems) ADD_FAILURE() << place << ": " << name(problem);
      EXPECT_TRUE(told.short_ones.empty()) << place << ": " << told.short_ones.front().detail;
      EXPECT_FALSE(told.demonstrated) << place;
    }
  }
}

// Patient finding 8
TEST(ShippedSetWatch, ShallowSquatsAreToldToGoLowerAndAreNoOtherExercise) {
  const CatalogExercise& squat = shipped_one("squat");
  EXPECT_EQ(squat.definition.farther, Farther::lower);
  for (const View view : {View::front, View::oblique, View::side}) {
    for (const double range : {0.25, 0.35, 0.45}) {
      const Told told = watched(squat, filmed(squat, view, {.repetitions = 5, .range_scale = range}));
      const std::string place = std::string(name(view)) + " " + std::to_string(range);
      if (told.counted > 0) continue;
      ASSERT_GE(told.short_ones.size(), 3U) << place;
      for (const CoachEvent& event : told.short_ones) {
        ASSERT_TRUE(event.value && event.limit) << place;
        const bool less =
            event.detail == "hip_height" ? *event.value > *event.limit : *event.value < *event.limit;
        EXPECT_TRUE(less) << place << ": " << event.detail << " " << *event.value << ", " << *event.limit;
      }
      for (const SetProblem problem : told.problems) EXPECT_EQ(problem, SetProblem::no_repetition) << place;
    }
  }
}

// Patient finding 9
TEST(ShippedSetWatch, JumpingJacksInASquatSetLookLikeSomethingElse) {
  const CatalogExercise& squat = shipped_one("squat");
  // People land on bent knees: by 20 degrees in a public clip, as low as in a squat where it is done softly.
  for (const double knees : {25, 50, 60}) {
    MovementDefinition jacks = shipped_one("jumping_jack").movement.correct;
    jacks.duration = Seconds{1};
    for (const auto& [knee, hip] : {std::pair{Dof::left_knee_flexion, Dof::left_hip_flexion},
                                    std::pair{Dof::right_knee_flexion, Dof::right_hip_flexion}}) {
      jacks.keyframes.at(1).angles.push_back({knee, Radians{rad(knees)}});
      jacks.keyframes.at(1).angles.push_back({hip, Radians{rad(knees / 2)}});
    }
    GenerateOptions options{.repetitions = 8};
    options.camera = camera_for(View::front);
    options.frame_rate = Hertz{20};
    const Told told = watched(squat, generate(jacks, options).value().frames);
    EXPECT_EQ(told.counted, 0) << knees;
    EXPECT_TRUE(told.short_ones.empty()) << knees;
    ASSERT_EQ(told.problems.size(), 1U) << knees;
    EXPECT_EQ(told.problems.front(), SetProblem::other_exercise) << name(told.problems.front()) << knees;
    EXPECT_TRUE(told.demonstrated) << knees;
  }
}

// Patient finding 9: the knees do not show that anything happens at all.
TEST(ShippedSetWatch, JumpingJacksOnStraightLegsAreNoRepetitionAndTheMovementIsShown) {
  const Told told =
      watched(shipped_one("squat"), filmed(shipped_one("jumping_jack"), View::front, {.repetitions = 8}));
  EXPECT_EQ(told.counted, 0);
  ASSERT_EQ(told.problems.size(), 1U);
  EXPECT_EQ(told.problems.front(), SetProblem::no_repetition);
  EXPECT_TRUE(told.demonstrated);
}

TEST(ShippedSetWatch, FartherIsSaidInTheWayOfTheMovement) {
  const auto way = [](const char* id) { return shipped_one(id).definition.farther; };
  for (const char* id : {"squat", "forward_lunge", "push_up", "side_lunge"})
    EXPECT_EQ(way(id), Farther::lower) << id;
  for (const char* id : {"shoulder_abduction", "shoulder_flexion", "straight_leg_raise", "bridge"})
    EXPECT_EQ(way(id), Farther::higher) << id;
  for (const char* id : {"heel_slide", "neck_rotation", "trunk_rotation_sitting"})
    EXPECT_EQ(way(id), Farther::farther) << id;
}

}  // namespace
}  // namespace reprise
