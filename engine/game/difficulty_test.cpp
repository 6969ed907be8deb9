// SPDX-License-Identifier: Apache-2.0
#include "engine/game/difficulty.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "tests/support/simulated_player.h"

namespace reprise::engine {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinite = std::numeric_limits<double>::infinity();

double degrees_of_play(double degrees) {
  return degrees * kPi / 180;
}

TEST(NextLevel, RestsWhereSevenOfTenSucceed) {
  double level = 0.5;
  for (int i = 0; i < 7; ++i) level = next_level(level, {TaskResult::succeeded});
  for (int i = 0; i < 3; ++i) level = next_level(level, {TaskResult::missed});
  EXPECT_NEAR(level, 0.5, 1e-12);
}

TEST(NextLevel, IsNotRaisedByWhatTheCoachHadToCorrectOrByGoingTooFar) {
  EXPECT_GT(next_level(0.5, {TaskResult::succeeded}), 0.5);
  EXPECT_EQ(next_level(0.5, {TaskResult::succeeded, true}), 0.5);
  EXPECT_LT(next_level(0.5, {TaskResult::too_far}), 0.5);
  EXPECT_EQ(next_level(0.5, {TaskResult::too_far}), next_level(0.5, {TaskResult::missed}))
      << "no better than a miss";
}

TEST(NextLevel, FallsFurtherWhileTheRangeDeclinesAndForAPartialRepetition) {
  EXPECT_LT(next_level(0.5, {TaskResult::missed, false, true}), next_level(0.5, {TaskResult::missed}));
  EXPECT_EQ(next_level(0.5, {TaskResult::succeeded, false, true}), next_level(0.5, {TaskResult::succeeded}))
      << "reaching the goal and no more is not a sign of fatigue";
  EXPECT_LT(level_after_partial(0.5), 0.5);
}

TEST(NextLevel, FallsWithPoorFormAndAHighHeartRateAlsoAfterASuccess) {
  const auto after = [](bool poor, bool strained) {
    TaskDone done{TaskResult::succeeded};
    done.poor_form = poor;
    done.strained = strained;
    return next_level(0.5, done);
  };
  EXPECT_LT(after(true, false), 0.5);
  EXPECT_LT(after(false, true), after(true, false));
  EXPECT_EQ(after(true, true), after(false, true));
  EXPECT_LT(level_when_strained(0.5), 0.5);
  EXPECT_EQ(level_when_strained(0.01), 0);
}

TEST(NextLevel, StaysBetweenItsEnds) {
  for (const double level : {-3.0, 0.0, 0.99, 1.0, 7.0, kInfinite, -kInfinite, kNan}) {
    for (const TaskResult result : {TaskResult::succeeded, TaskResult::missed, TaskResult::too_far}) {
      const double next = next_level(level, {result, false, true});
      EXPECT_TRUE(next >= 0 && next <= 1) << level;
    }
    EXPECT_TRUE(level_after_partial(level) >= 0 && level_after_partial(level) <= 1) << level;
  }
}

TEST(StartingLevel, ChecksWhatWasKept) {
  const double first = starting_level({}, {});
  EXPECT_TRUE(first > 0 && first < 0.5);
  EXPECT_EQ(starting_level(0.7, {}), 0.7);
  EXPECT_EQ(starting_level(-1.0, {}), 0);
  EXPECT_EQ(starting_level(9.0, {}), 1);
  EXPECT_EQ(starting_level(kNan, {}), first);
  EXPECT_EQ(starting_level(kInfinite, {}), first);
}

TEST(StartingLevel, IsLowerAfterAHardSession) {
  EXPECT_EQ(starting_level(0.7, 6), 0.7);
  EXPECT_LT(starting_level(0.7, 7), 0.7);
  EXPECT_LT(starting_level(0.7, 10), starting_level(0.7, 8));
  EXPECT_EQ(starting_level(0.05, 10), 0);
  EXPECT_EQ(starting_level(0.7, -5), 0.7);
  EXPECT_EQ(starting_level(0.7, 1000), starting_level(0.7, 10));
}

TEST(TaskLimits, TheTargetIsThePrescribedOneAndAlwaysBelowTheCeiling) {
  const ExerciseDefinition bend = played_exercise();
  EXPECT_DOUBLE_EQ(task_limits(bend, {}, {}, {}).top, 1);
  EXPECT_NEAR(task_limits(bend, {}, degrees_of_play(80), {}).top, 0.8, 1e-12);
  const TaskLimits limited = task_limits(bend, {}, degrees_of_play(80), degrees_of_play(70));
  ASSERT_TRUE(limited.ceiling);
  EXPECT_NEAR(*limited.ceiling, 0.7, 1e-12);
  EXPECT_LT(limited.top, 0.7);
  EXPECT_GT(limited.top, 0.6);
}

TEST(TaskLimits, NonsenseLeavesWhatTheExerciseSays) {
  const ExerciseDefinition bend = played_exercise();
  for (const double target : {kNan, kInfinite, -kInfinite, -1.0, 0.0}) {
    const TaskLimits limits =
        task_limits(bend, {Seconds{kNan}, Seconds{-3}, Seconds{kInfinite}}, target, kNan);
    EXPECT_TRUE(limits.top == 1 || (target > 0 && limits.top <= 2)) << target;
    EXPECT_FALSE(limits.ceiling);
    EXPECT_EQ(limits.pace.out, Seconds{2});
    EXPECT_EQ(limits.pace.hold, Seconds{0});
    EXPECT_EQ(limits.pace.back, Seconds{2});
  }
}

TEST(TaskAt, AsksBetweenTheEasiestAndThePrescribedAndNoQuickerThanTheTempo) {
  const GamePace pace{Seconds{1.5}, Seconds{2}, Seconds{2}};
  for (const double ceiling : {20.0, 40.0, 70.0, 95.0, 150.0}) {
    const TaskLimits limits = task_limits(played_exercise(), pace, {}, degrees_of_play(ceiling));
    double before = 0;
    for (const double level : {kNan, -1.0, 0.0, 0.25, 0.5, 0.75, 1.0, 2.0}) {
      const Task task = task_at(limits, level);
      EXPECT_LE(task.height, limits.top);
      EXPECT_LT(task.height, *limits.ceiling);
      EXPECT_LE(task.hold, pace.hold);
      EXPECT_GE(task.hold, 0.5 * pace.hold);
      EXPECT_GE(task.window, 2 * (pace.out + pace.hold));
      if (level >= 0) {
        EXPECT_GE(task.height, before);
        before = task.height;
      }
    }
  }
}

TEST(TaskAt, TheEasiestIsReachedByWhatTheCoachCountsAtAll) {
  ExerciseDefinition bend = played_exercise();
  for (const double smallest : {5.0, 25.0, 50.0, 80.0}) {
    bend.min_excursion = degrees_of_play(smallest);
    const Task easiest = task_at(task_limits(bend, {}, {}, {}), 0);
    EXPECT_TRUE(easiest.height - easiest.tolerance <= smallest / 100 || smallest == 5.0) << smallest;
    EXPECT_LE(easiest.height, 1);
  }
  const Task easiest = task_at(task_limits(played_exercise(), {}, {}, {}), 0);
  EXPECT_LT(easiest.height, 0.35);
}

TEST(TaskAt, OfAHoldOnlyTheTimeChanges) {
  ExerciseDefinition sit = played_exercise();
  sit.kind = Kind::hold;
  const TaskLimits limits = task_limits(sit, {Seconds{1}, Seconds{10}, Seconds{1}}, degrees_of_play(50), {});
  EXPECT_EQ(task_at(limits, 0).height, 1) << "where the coach begins to count the hold";
  EXPECT_EQ(task_at(limits, 1).height, 1);
  EXPECT_EQ(task_at(limits, 0).hold, Seconds{5});
  EXPECT_EQ(task_at(limits, 1).hold, Seconds{10});
}

}  // namespace
}  // namespace reprise::engine
