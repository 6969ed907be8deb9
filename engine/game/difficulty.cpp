// SPDX-License-Identifier: Apache-2.0
#include "engine/game/difficulty.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/exercise/signal_value.h"

namespace reprise::engine {
namespace {

constexpr double kUp = 0.06;
constexpr double kDown = kUp * 0.7 / 0.3;
constexpr double kDownMoreWhenDeclining = 0.5 * kDown;
constexpr double kDownByPoorForm = 0.5 * kDown;  // of a success
constexpr double kDownByPartial = 0.04;
constexpr double kFirstLevel = 0.3;       // rather too easy than too hard
constexpr int kHardSession = 6;           // effort above this begins easier,
constexpr double kEasierByEffort = 0.06;  // by so much for each point

constexpr double kEasiestShare = 0.3;    // of the top
constexpr double kBelowCeiling = 0.05;   // progress: as the coach's own release
constexpr double kFarthestTarget = 2;    // progress
constexpr double kLowestTop = 0.05;      // a ceiling at rest leaves no game; a number that can be drawn
constexpr double kEasyTolerance = 0.08;  // of the top
constexpr double kSpare = 0.05;          // less than the easiest tolerance
constexpr double kHardTolerance = 0.03;
constexpr double kEasyHold = 0.5;  // of the prescribed hold
constexpr double kEasyWindow = 8;  // times the exercise's own tempo
constexpr double kHardWindow = 2;
constexpr Seconds kShortestWay{1};  // a tempo that is quicker is not asked for

double between(double easy, double hard, double level) {
  return easy + (hard - easy) * level;
}

double level_in_range(double level) {
  return std::isfinite(level) ? std::clamp(level, 0.0, 1.0) : kFirstLevel;
}

Seconds sensible(Seconds wanted, Seconds otherwise) {
  constexpr Seconds kLongest{600};
  return wanted.value() >= 0 && wanted <= kLongest ? wanted : otherwise;
}

}  // namespace

std::string_view name(TaskResult result) {
  constexpr std::array<std::string_view, 4> kNames = {"succeeded", "missed", "too_far", "other_side"};
  return kNames[static_cast<std::size_t>(result)];
}

TaskLimits task_limits(const ExerciseDefinition& definition, GamePace pace, std::optional<double> target,
                       std::optional<double> ceiling) {
  TaskLimits limits;
  limits.holds = definition.kind == Kind::hold;
  limits.pace = {std::max(kShortestWay, sensible(pace.out, GamePace{}.out)),
                 sensible(pace.hold, GamePace{}.hold),
                 std::max(kShortestWay, sensible(pace.back, GamePace{}.back))};
  if (ceiling && !std::isfinite(*ceiling)) ceiling.reset();
  if (const auto binding = binding_ceiling(definition, ceiling))
    limits.ceiling = std::max(0.0, progress(definition, *binding));
  // A hold begins where the coach says so, which no game changes.
  double top = 1;
  if (target && !limits.holds) {
    const double wanted = progress(definition, *target);
    if (wanted > 0) top = std::min(wanted, kFarthestTarget);
  }
  if (limits.ceiling) top = std::min(top, *limits.ceiling - kBelowCeiling);
  limits.top = std::max(top, std::min(kLowestTop, limits.ceiling.value_or(kLowestTop)));
  const double smallest = definition.min_excursion / std::abs(definition.target - definition.rest);
  // What the coach counts at all is enough for the easiest task, with a little to spare.
  limits.lowest = std::max(kEasiestShare * limits.top, smallest + kSpare * limits.top);
  if (limits.holds || !(limits.lowest < limits.top)) limits.lowest = limits.top;
  return limits;
}

Task task_at(const TaskLimits& limits, double level) {
  const double at = level_in_range(level);
  Task task;
  task.height = between(limits.lowest, limits.top, at);
  task.tolerance = between(kEasyTolerance, kHardTolerance, at) * limits.top;
  task.hold = limits.pace.hold * between(kEasyHold, 1, at);
  task.window = (limits.pace.out + limits.pace.hold) * between(kEasyWindow, kHardWindow, at);
  return task;
}

Task opening_task(const TaskLimits& limits) {
  Task task = task_at(limits, 0);
  if (!limits.holds) task.hold = Seconds{0};
  return task;
}

double starting_level(std::optional<double> kept, std::optional<int> effort) {
  const double level = level_in_range(kept.value_or(kFirstLevel));
  const int hard = std::clamp(effort.value_or(0), 0, 10) - kHardSession;
  return std::max(0.0, level - kEasierByEffort * std::max(0, hard));
}

double next_level(double level, const TaskDone& done) {
  if (done.result == TaskResult::other_side) return level_in_range(level);
  if (done.result != TaskResult::succeeded)
    return level_in_range(level - kDown - (done.declining ? kDownMoreWhenDeclining : 0));
  if (done.strained) return level_in_range(level - kDown);
  if (done.poor_form) return level_in_range(level - kDownByPoorForm);
  return level_in_range(done.form_cue ? level : level + kUp);
}

double level_after_partial(double level) {
  return level_in_range(level - kDownByPartial);
}

double level_when_strained(double level) {
  return level_in_range(level - kDown);
}

}  // namespace reprise::engine
