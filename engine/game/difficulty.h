// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/side.h"
#include "base/units.h"
#include "engine/exercise/definition.h"

namespace reprise::engine {

// The difficulty of a game's tasks, and how it adapts to the person. Heights are progress: 0 at rest, 1 at
// the exercise's target. All numbers here are unsourced defaults; docs/guide/games.md shows their effect on
// simulated players.

/// The target durations of a repetition's parts; of a hold, `hold`.
struct GamePace {
  Seconds out{2};
  Seconds hold{0};
  Seconds back{2};
};

/// The range from the easiest to the hardest task, set by prescription and exercise, never by performance.
struct TaskLimits {
  bool holds = false;             ///< the hold's duration counts; the height is constant
  double top = 1;                 ///< greatest height: the prescribed target, always below the ceiling
  double lowest = 0.3;            ///< least height: every counted repetition reaches it
  std::optional<double> ceiling;  ///< must not be passed
  GamePace pace;
};

/// The goal of one task.
struct Task {
  double height = 1;
  double tolerance = 0;           ///< reached from this far below
  Seconds hold{0};                ///< time to stay there, never longer than prescribed
  Seconds window{0};              ///< from leaving rest; always a multiple of the exercise's own tempo
  std::optional<Side> side = {};  ///< that has to move; empty: any
};

enum class TaskResult : std::uint8_t {
  succeeded,
  missed,
  too_far,     ///< the ceiling was passed: no success, and the next task is easier
  other_side,  ///< reached, by the side that was not asked for: no success, and no sign of difficulty
};

[[nodiscard]] std::string_view name(TaskResult result);

/// The outcome of a task, as the next task depends on it.
struct TaskDone {
  TaskResult result = TaskResult::missed;
  bool form_cue = false;   ///< the coach gave a cue about form
  bool declining = false;  ///< the last movements went less and less far
  bool poor_form = false;  ///< the movement broke more form rules than it kept
  bool strained = false;   ///< the heart rate was above its limit
};

/// Returns the limits for an exercise. `target` and `ceiling`: prescribed values of the primary measure, rad
/// or ratio. Invalid ones (not finite, before rest) are ignored, and the exercise's own apply.
[[nodiscard]] TaskLimits task_limits(const ExerciseDefinition& definition, GamePace pace,
                                     std::optional<double> target, std::optional<double> ceiling);

/// Returns the task of a level from 0 (easiest) to 1 (hardest). Clamps other levels.
[[nodiscard]] Task task_at(const TaskLimits& limits, double level);

/// Returns the first task of a person without a stored level: each movement that the coach counts succeeds.
[[nodiscard]] Task opening_task(const TaskLimits& limits);

/// Returns the first level from a stored one, clamped to 0..1; a default if missing or not finite. `effort`:
/// of the previous session, 0 to 10; a hard one starts easier.
[[nodiscard]] double starting_level(std::optional<double> kept, std::optional<int> effort);

/// Returns the level of the next task by a weighted up-down rule (Kaernbach 1991): success raises it by `up`,
/// a miss lowers it by `down`. If a share p of the tasks succeeds, the level moves on average by
/// p up - (1 - p) down, and rests at p = down / (up + down). So `down` = 7/3 `up` holds p at 70 %. Over n
/// tasks the steps add up to the change of the level: p = 0.7 + change / (n (up + down)) for every player,
/// while the level meets neither end. A form cue keeps a success from raising it; poor form and a heart rate
/// above its limit lower it even after a success; misses while the range declines lower it further. All of
/// these only make it easier.
[[nodiscard]] double next_level(double level, const TaskDone& done);

/// Returns the level after a partial repetition: the same task, easier.
[[nodiscard]] double level_after_partial(double level);

/// Returns the level when the heart rate rises above its limit: lower at once, in the same task.
[[nodiscard]] double level_when_strained(double level);

}  // namespace reprise::engine
