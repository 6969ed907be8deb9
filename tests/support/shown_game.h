// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <utility>

#include "engine/game/game.h"
#include "tests/support/simulated_player.h"

namespace reprise::engine {

/// Feeds a game with scripted movements, 20 looks a second.
struct Shown {
  explicit Shown(const GameOptions& options, const ExerciseDefinition& definition = played_exercise())
      : game(definition, options) {}

  const GameState& show(std::optional<double> progress, MovementPart part = MovementPart::rest) {
    time += Seconds{0.05};
    GameLook look;
    look.time = time;
    look.progress = progress;
    look.side = side;
    look.part = part;
    look.count = count;
    look.held = held;
    look.at_ceiling = at_ceiling;
    look.form_cue = std::exchange(form_cue, false);
    look.ended_partial = std::exchange(ended_partial, false);
    look.poor_form = std::exchange(poor_form, false);
    look.strained = strained;
    return game.step(look);
  }
  void rest(double seconds) {
    for (double t = 0; t < seconds; t += 0.05) show(0.0);
  }
  void out(double to, double seconds = 2) {
    for (double t = 0; t <= seconds; t += 0.05) show(to * t / seconds, MovementPart::out);
    show(to, MovementPart::out);
  }
  void back(double from) {
    for (double t = 0; t < 1; t += 0.05) show(from * (1 - 0.7 * t), MovementPart::back);
  }
  /// A repetition that the coach counts.
  void repeat(double to) {
    out(to);
    back(to);
    ++count;
    show(0.2 * to, MovementPart::back);
    rest(1);
  }
  const GameObject* find(GameShape shape) const {
    for (const GameObject& object : game.state().objects) {
      if (object.shape == shape) return &object;
    }
    return nullptr;
  }

  Game game;
  Seconds time{0};
  int count = 0;
  std::optional<Side> side;
  Seconds held{0};
  bool at_ceiling = false;
  bool form_cue = false;
  bool ended_partial = false;
  bool poor_form = false;
  bool strained = false;
};

inline GameOptions plain_game(GameKind kind = GameKind::balloon) {
  GameOptions options;
  options.kind = kind;
  options.repetitions = 3;
  options.kept_level = 0.3;
  return options;
}

}  // namespace reprise::engine
