#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/units.h"
#include "engine/exercise/definition.h"

namespace reprise {

// How much a game asks, and how that follows the person. Heights are progress: 0 is rest, 1 the target of the
// exercise. All numbers of this file are unsourced defaults; what they do to simulated players is in
// docs/games.md.

/// The wanted durations of a repetition's parts; a hold's is `hold`.
struct GamePace {
  Seconds out{2};
  Seconds hold{0};
  Seconds back{2};
};

/// Between what the easiest and the hardest task lie: set by prescription and exercise, never by performance.
struct TaskLimits {
  bool holds = false;   ///< what counts is how long it is held; the height then stays the same
  double top = 1;       ///< highest height asked for: the prescribed target, always below the ceiling
  double lowest = 0.3;  ///< lowest height asked for: what the coach counts at all reaches it
  std::optional<double> ceiling;  ///< never to be passed
  GamePace pace;
};

/// What one task asks.
struct Task {
  double height = 1;
  double tolerance = 0;  ///< so far below it still reaches
  Seconds hold{0};       ///< to be kept there, never longer than prescribed
  Seconds window{0};     ///< from leaving rest; always a multiple of the exercise's own tempo
};

enum class TaskResult : std::uint8_t {
  succeeded,
  missed,
  too_far,  ///< the ceiling was passed: nothing is won by that, and the next task asks for less
};

[[nodiscard]] std::string_view name(TaskResult result);

/// How a task was done, as far as the next one depends on it.
struct TaskDone {
  TaskResult result = TaskResult::missed;
  bool form_cue = false;   ///< the coach had to say something about form
  bool declining = false;  ///< the last movements went less and less far
};

/// What limits hold for an exercise. `target` and `ceiling`: prescribed values of the primary measure, rad or
/// ratio; one that makes no sense (not finite, before rest) counts as none, and the exercise's own holds.
[[nodiscard]] TaskLimits task_limits(const ExerciseDefinition& definition, GamePace pace,
                                     std::optional<double> target, std::optional<double> ceiling);

/// The task of a level from 0 (easiest) to 1 (hardest); other levels count as the nearer end.
[[nodiscard]] Task task_at(const TaskLimits& limits, double level);

/// A level that was kept somewhere, checked: not finite or missing is the first level, else clamped to 0..1.
/// `effort`: how hard the session before was, 0 to 10; a hard one begins easier.
[[nodiscard]] double starting_level(std::optional<double> kept, std::optional<int> effort);

/// The level of the next task: a weighted up-down rule. Success raises the level by `up`, a miss lowers it by
/// `down`. Where a share p of the tasks succeeds, the level moves on average by p up - (1 - p) down; it rests
/// where that is zero, at p = down / (up + down). So `down` = 7/3 `up` holds p at 70 %. And over n tasks the
/// steps must add up to the change of the level: p = 0.7 + change / (n (up + down)), whoever plays, as long
/// as the level meets neither end. A cue about form keeps a success from raising; misses while the range
/// declines lower further: both only make it easier.
[[nodiscard]] double next_level(double level, const TaskDone& done);

/// A movement that the coach saw and did not count: the same task, easier.
[[nodiscard]] double level_after_partial(double level);

}  // namespace reprise
