// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "engine/game/difficulty.h"
#include "tests/support/simulated_player.h"

// The rule of the level alone, played by simulated people who succeed by chance: their psychometric curve
// says how likely, at each level. No real person was measured.

namespace reprise::engine {
namespace {

constexpr int kSeeds = 400;
constexpr int kSettling = 20;  // tasks that are not judged

/// The chance of success at a level, after so many of all tasks (0 to 1).
using Curve = std::function<double(double level, double time)>;

struct Kind {
  std::string name;
  Curve curve;
};

double logistic(double level, double middle, double width) {
  return 1 / (1 + std::exp((level - middle) / width));
}

std::vector<Kind> kinds() {
  const auto normal = [](double level, double middle, double spread) {
    return 0.5 * std::erfc((level - middle) / (spread * std::sqrt(2.0)));
  };
  return {
      {"logistic, steep", [](double x, double) { return logistic(x, 0.6, 0.04); }},
      {"logistic, flat", [](double x, double) { return logistic(x, 0.6, 0.15); }},
      {"normal", [normal](double x, double) { return normal(x, 0.5, 0.15); }},
      {"normal, weak", [normal](double x, double) { return normal(x, 0.3, 0.1); }},
      {"Weibull", [](double x, double) { return std::exp(-std::pow(x / 0.7, 4)); }},
      {"with lapses of 5 %", [](double x, double) { return 0.95 * logistic(x, 0.6, 0.06); }},
      {"with lucky hits of 10 %", [](double x, double) { return 0.1 + 0.9 * logistic(x, 0.5, 0.06); }},
      {"tires", [](double x, double t) { return logistic(x, 0.7 - 0.4 * t, 0.06); }},
      {"improves", [](double x, double t) { return logistic(x, 0.4 + 0.4 * t, 0.06); }},
      {"improves, then tires",
       [](double x, double t) { return logistic(x, 0.5 + 0.3 * std::sin(5 * t), 0.06); }},
  };
}

struct Played {
  double success = 0;  ///< of the tasks after the settling
  double level = 0;
};

Played play(const Curve& curve, unsigned seed, int tasks, double level) {
  std::mt19937 chance(seed);
  int won = 0;
  for (int i = 0; i < tasks; ++i) {
    const double likely = curve(level, static_cast<double>(i) / tasks);
    const bool success = std::uniform_real_distribution<double>{}(chance) < likely;
    if (i >= kSettling && success) ++won;
    level = next_level(level, {success ? TaskResult::succeeded : TaskResult::missed});
  }
  return {static_cast<double>(won) / (tasks - kSettling), level};
}

TEST(Staircase, EveryKindOfSimulatedPlayerSucceedsInSevenOfTen) {
  for (const Kind& kind : kinds()) {
    double sum = 0;
    int within = 0;
    for (unsigned seed = 1; seed <= kSeeds; ++seed) {
      const double success = play(kind.curve, seed, 60, starting_level({}, {})).success;
      sum += success;
      if (success >= 0.6 - 1e-9 && success <= 0.8 + 1e-9) ++within;
    }
    EXPECT_NEAR(sum / kSeeds, 0.7, 0.1) << kind.name;
    EXPECT_GE(within, kSeeds * 95 / 100) << kind.name << ": single players over 40 tasks";
  }
}

TEST(Staircase, FindsTheLevelWhereSevenOfTenSucceed) {
  for (const double middle : {0.4, 0.6, 0.8}) {
    constexpr double kWidth = 0.06;
    const Curve curve = [middle](double x, double) { return logistic(x, middle, kWidth); };
    double level = 0;
    for (unsigned seed = 1; seed <= kSeeds; ++seed)
      level += play(curve, seed, 60, starting_level({}, {})).level / kSeeds;
    EXPECT_NEAR(level, middle - kWidth * std::log(0.7 / 0.3), 0.04);
  }
}

TEST(Staircase, WhoDropsOutAndReturnsGoesOnFromThere) {
  const Curve curve = [](double x, double) { return logistic(x, 0.6, 0.06); };
  double sum = 0;
  for (unsigned seed = 1; seed <= kSeeds; ++seed) {
    const Played before = play(curve, seed, 23, starting_level({}, {}));  // stops in the middle of a set
    const Played after = play(curve, seed + kSeeds, 60, starting_level(before.level, {}));
    EXPECT_TRUE(before.level >= 0 && before.level <= 1);
    sum += after.success;
  }
  EXPECT_NEAR(sum / kSeeds, 0.7, 0.05);
}

// Of any programme, any ceiling, any course of play: no task lies at the ceiling or past the prescribed
// target.
TEST(Staircase, NoTaskEverPassesTheCeilingOrThePrescribedTarget) {
  std::mt19937 chance(7);
  const auto in = [&chance](double low, double high) {
    return std::uniform_real_distribution<double>{low, high}(chance);
  };
  for (int game = 0; game < 2000; ++game) {
    ExerciseDefinition bend = played_exercise();
    bend.min_excursion = in(2, 90) * kPi / 180;
    const double target = in(5, 160) * kPi / 180;
    const double ceiling = in(5, 160) * kPi / 180;
    const TaskLimits limits =
        task_limits(bend, {Seconds{in(0.5, 4)}, Seconds{in(0, 5)}, Seconds{2}}, target, ceiling);
    const double prescribed = target / bend.target;
    double level = in(-0.5, 1.5);
    std::vector<Task> tasks = {opening_task(limits)};
    for (int i = 0; i < 30; ++i) {
      TaskDone done;
      done.result = static_cast<TaskResult>(chance() % 3);
      done.form_cue = chance() % 4 == 0;
      done.poor_form = chance() % 4 == 0;
      done.strained = chance() % 8 == 0;
      done.declining = chance() % 4 == 0;
      const double next = next_level(level, done);
      if (done.result != TaskResult::succeeded || done.form_cue || done.poor_form || done.strained) {
        ASSERT_LE(next, std::clamp(level, 0.0, 1.0)) << "only a good success may make it harder";
      }
      level = next;
      tasks.push_back(task_at(limits, level));
    }
    for (const Task& task : tasks) {
      ASSERT_LT(task.height, *limits.ceiling);
      ASSERT_LE(task.height, std::max(prescribed, 0.05) + 1e-9);
    }
  }
}

}  // namespace
}  // namespace reprise::engine
