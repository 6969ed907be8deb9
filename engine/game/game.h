// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/exercise/coach.h"
#include "engine/game/difficulty.h"
#include "engine/game/sides.h"

namespace reprise::engine {

// Games controlled by the prescribed movement, shown instead of the plain display of a set. The coach counts,
// judges and speaks as usual; a game only reads its output. One task is one counted repetition (or hold), so
// there are never more tasks than repetitions. The game waits for the next repetition, and while no person is
// seen.

enum class GameKind : std::uint8_t {
  balloon,   ///< rises with the movement, and flies over a hill through a gap
  orchard,   ///< a picker rises with the movement to a fruit, and brings it down into the basket
  river,     ///< a boat goes to the side to which the weight is shifted or the trunk leans, and meets a water
             ///< lily
  lanterns,  ///< a hand rises with the arm, on its side, and lights a lantern at the same angle
};

[[nodiscard]] std::string_view name(GameKind kind);
[[nodiscard]] std::optional<GameKind> game_from_name(std::string_view name);

struct GameOptions {
  GameKind kind = GameKind::balloon;
  int repetitions = 1;                    ///< prescribed; at least 1
  GamePace pace;                          ///< the exercise's own tempo; `hold` as prescribed
  std::optional<double> target = {};      ///< prescribed, of the primary measure: rad or ratio
  std::optional<double> ceiling = {};     ///< the programme's, likewise; the exercise's own applies as well
  std::optional<double> kept_level = {};  ///< result of `carried` after the previous set, as stored
  std::optional<int> effort = {};     ///< of the previous session, 0 to 10; only for an exercise's first set
  GameSides sides = GameSides::none;  ///< of `river` and `lanterns`
  std::uint64_t seed = 1;             ///< of the decoration: which fruit hangs where
};

/// A game's input from one picture.
struct GameLook {
  Seconds time;
  std::optional<double> progress;  ///< of the primary measure; empty: not measured
  std::optional<Side> side = {};   ///< that moves, or to which the body goes; empty: unknown, or both
  MovementPart part = MovementPart::rest;
  Seconds held{0};  ///< of a hold: since it began
  bool at_ceiling = false;
  int count = 0;               ///< the coach's count in this set
  bool ended_partial = false;  ///< a repetition or hold ended as partial
  bool form_cue = false;
  bool poor_form = false;  ///< of a counted repetition: more form rules broken than kept
  bool strained = false;   ///< the heart rate is above the limit that is set for it
};

/// Converts the coach's output for one frame; `events` are those of the frame.
[[nodiscard]] GameLook game_look(Seconds time, const CoachState& now, int count,
                                 const std::vector<CoachEvent>& events);

enum class GamePhase : std::uint8_t {
  coming,  ///< the next task is on its way
  ready,   ///< waits for the person
  going,   ///< the movement is under way
  kept,    ///< reached and held; the way back remains
  over,    ///< all tasks are done
};

[[nodiscard]] std::string_view name(GamePhase phase);

enum class GameShape : std::uint8_t {
  balloon,
  hill,
  lid,
  picker,
  fruit,
  basket,
  gathered,
  boat,
  lily,
  hand,
  lantern,
};

[[nodiscard]] std::string_view name(GameShape shape);

/// An object to draw. Coordinates lie between 0 and 1, except for objects that enter or leave at the sides; y
/// is 0 at rest and points up. Of the river, seen from above, y is the distance ahead of the boat. Left is
/// the person's left, as in a mirror.
struct GameObject {
  GameShape shape = GameShape::balloon;
  int task = 0;  ///< its task, which identifies it from picture to picture
  double x = 0;
  double y = 0;         ///< of a hill: its top; of the lid: its lower edge, the ceiling
  double size = 1;      ///< share of its full size
  int variant = 0;      ///< 0 to 2: which color or kind
  bool bright = false;  ///< reached; of the picker, boat and hand: holding on; of the lid: touched
};

/// The most recent result.
struct JustDone {
  TaskResult result = TaskResult::missed;
  bool partial = false;  ///< not a task: a movement that did not count and made the task easier
  Seconds age{0};
};

struct GameState {
  GamePhase phase = GamePhase::coming;
  bool seen = false;  ///< the game waits while false
  int tasks = 1;
  int done = 0;
  int succeeded = 0;
  double kept = 0;  ///< share of the required hold, 0 to 1; 0 if none is required
  Task task;
  std::optional<JustDone> just;
  double traveled = 0;  ///< drift of the scenery, in widths of the scene
  std::vector<GameObject> objects;
};

/// The result of a set, for the record.
struct GameResult {
  GameKind kind = GameKind::balloon;
  int tasks = 0;  ///< completed and seen
  int succeeded = 0;
  double level_at_start = 0;  ///< 0 easiest to 1 hardest
  double level_at_end = 0;
};

/// A movement away from rest, until it is counted or given up.
struct GameAttempt {
  Seconds began{0};  ///< on the game's own clock, as all times here
  Seconds kept{0};
  std::optional<Seconds> reached;
  bool past_ceiling = false;
  bool form_cue = false;
  bool poor_form = false;
  std::optional<Side> side;  ///< the last one known
  double farthest = 0;
};

/// The last task's object, while it leaves the screen.
struct LeavingTask {
  int task = 0;
  Seconds at{0};
  double x = 0;
  double y = 0;
  int variant = 0;
  bool won = false;
  std::optional<Side> side;
};

/// One set of a game: looks in, objects to draw out. Equal looks give equal states on every platform.
class Game {
 public:
  Game(const ExerciseDefinition& definition, const GameOptions& options);

  /// Feeds one look. A look whose time is not finite or does not rise changes nothing.
  const GameState& step(const GameLook& look);
  [[nodiscard]] const GameState& state() const { return state_; }
  [[nodiscard]] const TaskLimits& limits() const { return limits_; }
  [[nodiscard]] GameResult result() const;
  /// Returns the level for the next set, 0 to 1.
  [[nodiscard]] double carried() const { return level_; }

 private:
  void follow(const GameLook& look, Seconds since);
  void watch(const GameLook& look, Seconds since);
  void resolve(bool judged);
  void next_task();
  void watch_strain(bool strained);
  void ease(Task task);
  [[nodiscard]] bool declining() const;
  [[nodiscard]] GamePhase phase() const;
  [[nodiscard]] double high(double progress) const;
  [[nodiscard]] double share_kept() const;
  [[nodiscard]] double way() const;
  [[nodiscard]] double place() const;
  void draw();
  void draw_lid();
  void draw_balloon();
  void draw_orchard();
  void draw_river();
  void draw_lanterns();
  [[nodiscard]] double ahead() const;
  [[nodiscard]] double fruit_x() const;
  [[nodiscard]] int variant(int task) const;
  [[nodiscard]] double random(int task, int what) const;

  GameOptions options_;
  TaskLimits limits_;
  SideShare sides_;
  double first_level_ = 0;
  double level_ = 0;
  bool opening_ = false;   ///< without a stored level: the first task always succeeds
  bool strained_ = false;  ///< in the last look
  Task task_;
  GameState state_;
  std::optional<Seconds> last_time_;
  Seconds clock_{0};  ///< runs only while the person is seen
  double height_ = 0;
  bool at_lid_ = false;
  std::optional<Side> moving_;  ///< the side of the last look that knew one
  bool going_back_ = false;
  bool rested_ = true;  ///< since the last task was done
  double coming_ = 0;   ///< how close the next task is
  double from_x_ = 0;   ///< where the picker was when the task began
  std::optional<GameAttempt> attempt_;
  std::optional<LeavingTask> leaving_;
  std::vector<double> farthest_;  ///< of the seen tasks of this set
  std::vector<int> gathered_;     ///< tasks that succeeded
};

}  // namespace reprise::engine
