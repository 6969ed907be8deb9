// SPDX-License-Identifier: Apache-2.0
#include "engine/game/game.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>

namespace reprise::engine {
namespace {

constexpr int kMostTasks = 1000;
constexpr Seconds kLongestStep{0.5};  // of the game's clock, so that a gap in the pictures causes no jump
constexpr Seconds kHurry{0.4};        // how late an object comes for an early movement
constexpr double kDeclinesBy = 0.02;  // progress: the least decrease that counts
constexpr double kLostHold = 0.1;     // progress below the goal at which a hold is lost. Unsourced default
constexpr Seconds kJustDoneFor{2.5};
constexpr double kDrift = 0.02;  // of the scenery, widths a second

template <class Named, std::size_t n>
std::string_view word(const std::array<std::string_view, n>& words, Named named) {
  return words[static_cast<std::size_t>(named)];
}

constexpr std::array<std::string_view, 4> kKinds = {"balloon", "orchard", "river", "lanterns"};
constexpr std::array<std::string_view, 5> kPhases = {"coming", "ready", "going", "kept", "over"};
constexpr std::array<std::string_view, 11> kShapes = {
    "balloon", "hill", "lid", "picker", "fruit", "basket", "gathered", "boat", "lily", "hand", "lantern"};

}  // namespace

std::string_view name(GameKind kind) {
  return word(kKinds, kind);
}

std::string_view name(GamePhase phase) {
  return word(kPhases, phase);
}

std::string_view name(GameShape shape) {
  return word(kShapes, shape);
}

std::optional<GameKind> game_from_name(std::string_view name) {
  const auto found = std::find(kKinds.begin(), kKinds.end(), name);
  if (found == kKinds.end()) return {};
  return static_cast<GameKind>(found - kKinds.begin());
}

GameLook game_look(Seconds time, const CoachState& now, int count, const std::vector<CoachEvent>& events) {
  GameLook look;
  look.time = time;
  look.progress = now.progress;
  look.side = now.side ? now.side : now.leans_to;
  look.part = now.part;
  look.held = now.held;
  look.at_ceiling = now.at_ceiling;
  look.count = count;
  if (now.unseen) look.progress.reset();
  for (const CoachEvent& event : events) {
    // A hold that was too short ends without a new count.
    look.ended_partial = look.ended_partial || event.kind == CoachEventKind::partial ||
                         event.kind == CoachEventKind::hold_ended;
    look.form_cue = look.form_cue || event.kind == CoachEventKind::cue;
    look.poor_form = look.poor_form || event.broken.size() > event.kept.size();
  }
  return look;
}

Game::Game(const ExerciseDefinition& definition, const GameOptions& options)
    : options_(options),
      limits_(task_limits(definition, options.pace, options.target, options.ceiling)),
      sides_(options.sides, options.seed),
      first_level_(starting_level(options.kept_level, options.effort)),
      level_(first_level_),
      opening_(!options.kept_level || !std::isfinite(*options.kept_level)) {
  state_.tasks = std::clamp(options.repetitions, 1, kMostTasks);
  next_task();
  draw();
}

const GameState& Game::step(const GameLook& look) {
  if (!std::isfinite(look.time.value()) || (last_time_ && !(look.time > *last_time_))) return state_;
  const bool seen = look.progress && std::isfinite(*look.progress);
  const Seconds passed = last_time_ ? std::min(look.time - *last_time_, kLongestStep) : Seconds{0};
  const Seconds since = seen ? passed : Seconds{0};
  last_time_ = look.time;
  state_.seen = seen;
  clock_ += since;
  if (seen) {
    const double end = limits_.ceiling.value_or(1.1 * limits_.top);
    height_ = std::clamp(*look.progress, 0.0, std::max(0.0, end));
    if (look.side) moving_ = look.side;
    at_lid_ = look.at_ceiling || (limits_.ceiling && *look.progress >= *limits_.ceiling);
    going_back_ = look.part == MovementPart::back;
    state_.traveled += kDrift * since.value();
  }
  if (state_.done < state_.tasks) follow(look, since);
  draw();
  return state_;
}

void Game::follow(const GameLook& look, Seconds since) {
  const bool moving = look.part != MovementPart::rest;
  if (look.part == MovementPart::rest || look.part == MovementPart::out) rested_ = true;
  if (!attempt_ && moving && rested_ && state_.seen) attempt_.emplace().began = clock_;
  coming_ = std::min(1.0, coming_ + since / (attempt_ ? kHurry : limits_.pace.back));
  if (attempt_ && state_.seen) watch(look, since);
  if (attempt_) {
    attempt_->form_cue = attempt_->form_cue || look.form_cue;
    attempt_->poor_form = attempt_->poor_form || look.poor_form;
  }
  watch_strain(look.strained);

  if (look.count > state_.done) {
    resolve(true);
    // Counted while nothing was shown to the game: it is done, and says nothing about the level.
    while (state_.done < std::min(look.count, state_.tasks)) resolve(false);
  } else if (look.ended_partial) {
    level_ = level_after_partial(level_);
    if (!opening_) ease(task_at(limits_, level_));
    state_.just = JustDone{TaskResult::missed, true, Seconds{0}};
    attempt_.reset();
    rested_ = false;
  } else if (attempt_ && !moving) {
    attempt_.reset();  // a false start, or given up: no result
  }
  if (state_.just) {
    state_.just->age += since;
    if (state_.just->age > kJustDoneFor) state_.just.reset();
  }
}

void Game::watch(const GameLook& look, Seconds since) {
  GameAttempt& now = *attempt_;
  now.farthest = std::max(now.farthest, *look.progress);
  if (look.side) now.side = look.side;
  if (at_lid_) now.past_ceiling = true;
  if (now.past_ceiling) {  // nothing beyond the limit counts, nor the way to it
    now.reached.reset();
    return;
  }
  if (now.reached || clock_ - now.began > task_.window) return;
  const double reaches = task_.height - task_.tolerance;
  if (limits_.holds) {
    now.kept = std::isfinite(look.held.value()) ? look.held : Seconds{0};
    if (look.part == MovementPart::extreme && now.kept >= task_.hold) now.reached = clock_;
  } else if (*look.progress >= reaches) {
    if (now.kept >= task_.hold) now.reached = clock_;
    now.kept += since;
  } else if (*look.progress < reaches - kLostHold) {
    now.kept = Seconds{0};
  }
}

// Once for each rise above the limit, so that the level does not sink with every look.
void Game::watch_strain(bool strained) {
  if (strained && !strained_) {
    level_ = level_when_strained(level_);
    // Never harder than the present task: the opening is easier than any level.
    const Task easier = task_at(limits_, level_);
    if (easier.height <= task_.height && easier.hold <= task_.hold) ease(easier);
  }
  strained_ = strained;
}

// The same task, on the same side.
void Game::ease(Task task) {
  task.side = task_.side;
  task_ = task;
}

void Game::resolve(bool judged) {
  const GameAttempt done = attempt_.value_or(GameAttempt{});
  const bool other = task_.side && done.side && done.side != task_.side;
  TaskDone how;
  how.result = done.past_ceiling ? TaskResult::too_far
               : !done.reached   ? TaskResult::missed
               : other           ? TaskResult::other_side
                                 : TaskResult::succeeded;
  how.form_cue = done.form_cue;
  how.poor_form = done.poor_form;
  how.strained = strained_;
  const bool seen = judged && attempt_;
  const bool won = seen && how.result == TaskResult::succeeded;
  leaving_ =
      LeavingTask{state_.done, clock_, place(), high(task_.height), variant(state_.done), won, task_.side};
  if (options_.kind == GameKind::river) {
    for (const GameObject& object : state_.objects)
      if (object.shape == GameShape::lily && object.task == state_.done)
        std::tie(leaving_->x, leaving_->y) = std::tie(object.x, object.y);
  }
  from_x_ = leaving_->x;
  if (seen) {
    farthest_.push_back(done.farthest);
    how.declining = declining();
    // There is nothing easier than the opening: who misses it begins at the easiest level.
    const bool failed = how.result != TaskResult::succeeded && how.result != TaskResult::other_side;
    level_ = opening_ && failed ? 0 : next_level(level_, how);
    opening_ = false;
    sides_.moved(done.side);
    state_.just = JustDone{how.result, false, Seconds{0}};
  }
  if (won) gathered_.push_back(state_.done);
  state_.succeeded = static_cast<int>(gathered_.size());
  ++state_.done;
  attempt_.reset();
  rested_ = false;
  if (state_.done < state_.tasks) next_task();
}

void Game::next_task() {
  task_ = opening_ ? opening_task(limits_) : task_at(limits_, level_);
  task_.side = sides_.next();
  coming_ = 0;
}

bool Game::declining() const {
  const std::size_t n = farthest_.size();
  return n >= 3 && farthest_[n - 1] < farthest_[n - 2] - kDeclinesBy &&
         farthest_[n - 2] < farthest_[n - 3] - kDeclinesBy;
}

GamePhase Game::phase() const {
  if (state_.done >= state_.tasks) return GamePhase::over;
  if (attempt_) return attempt_->reached ? GamePhase::kept : GamePhase::going;
  return coming_ < 1 ? GamePhase::coming : GamePhase::ready;
}

GameResult Game::result() const {
  return {options_.kind, static_cast<int>(farthest_.size()), state_.succeeded, first_level_, level_};
}

}  // namespace reprise::engine
