// SPDX-License-Identifier: Apache-2.0
// Games for a screen. As in bindings.cpp: nothing throws, and the loader checks the arguments.

#include <emscripten/bind.h>

#include <cmath>
#include <limits>
#include <memory>
#include <string>

#include "engine/game/game.h"
#include "exercises/catalog.h"
#include "exercises/pace.h"
#include "session/session_json_names.h"
#include "wasm/js_boundary.h"

namespace reprise::wasm {
namespace {

using emscripten::val;
using js_boundary::error_object;
using js_boundary::guarded;
using js_boundary::text;

/// Filled in by the loader. Missing values: the largest number (target, ceiling), negative (hold, effort), or
/// NaN (carried).
struct AskedGame {
  std::string kind;
  int repetitions = 0;
  double hold_s = 0;
  double target = 0;
  double ceiling = 0;
  double carried = 0;
  int effort = 0;
  double seed = 0;
  std::string side;
};

/// A game with a left and a right asks for the prescribed side, or for either: of a sided exercise, and of a
/// trunk that leans to a side.
engine::GameSides sides_of(const engine::ExerciseDefinition& definition, engine::GameKind kind,
                           std::string_view side) {
  const bool river = kind == engine::GameKind::river;
  if (!river && kind != engine::GameKind::lanterns) return engine::GameSides::none;
  if (side == "left") return engine::GameSides::left;
  if (side == "right") return engine::GameSides::right;
  return definition.sided || river ? engine::GameSides::either : engine::GameSides::none;
}

val start_game(const exercises::CatalogExercise& exercise, const AskedGame& asked) {
  return guarded([&] {
    const auto pace = exercises::pace_of(exercise);
    if (!pace) return error_object(pace.error());
    const engine::ExerciseDefinition& definition = exercise.definition;
    const engine::Measure measure = definition.primary.measure;
    const Seconds hold = definition.tempo.hold.value_or(exercise.dosage.hold.value_or(Seconds{0}));
    constexpr double kNone = std::numeric_limits<double>::max();
    engine::GameOptions options;
    options.kind = engine::game_from_name(asked.kind).value_or(engine::GameKind::balloon);
    options.repetitions = asked.repetitions;
    options.pace = {pace->out, asked.hold_s >= 0 ? Seconds{asked.hold_s} : hold, pace->back};
    if (asked.target < kNone) options.target = engine::from_degrees(measure, asked.target);
    if (asked.ceiling < kNone) options.ceiling = engine::from_degrees(measure, asked.ceiling);
    if (!std::isnan(asked.carried)) options.kept_level = asked.carried;
    if (asked.effort >= 0) options.effort = asked.effort;
    options.seed = static_cast<std::uint64_t>(asked.seed);
    options.sides = sides_of(definition, options.kind, asked.side);
    val out = val::object();
    out.set("game", std::make_shared<engine::Game>(definition, options));
    return out;
  });
}

val just_or_null(const std::optional<engine::JustDone>& just) {
  if (!just) return val::null();
  val out = val::object();
  out.set("result", text(engine::name(just->result)));
  out.set("partial", just->partial);
  out.set("age_s", just->age.value());
  return out;
}

val state_of(const engine::GameState& state) {
  val objects = val::array();
  for (std::size_t i = 0; i < state.objects.size(); ++i) {
    const engine::GameObject& object = state.objects[i];
    val one = val::object();
    one.set("shape", text(engine::name(object.shape)));
    one.set("task", object.task);
    one.set("x", object.x);
    one.set("y", object.y);
    one.set("size", object.size);
    one.set("variant", object.variant);
    one.set("bright", object.bright);
    objects.set(i, one);
  }
  val asked = val::object();
  asked.set("progress", state.task.height);
  asked.set("hold_s", state.task.hold.value());
  asked.set("side", state.task.side ? text(engine::name(*state.task.side)) : val::null());
  val out = val::object();
  out.set("phase", text(engine::name(state.phase)));
  out.set("seen", state.seen);
  out.set("tasks", state.tasks);
  out.set("done", state.done);
  out.set("succeeded", state.succeeded);
  out.set("kept", state.kept);
  out.set("asked", asked);
  out.set("just", just_or_null(state.just));
  out.set("traveled", state.traveled);
  out.set("objects", objects);
  return out;
}

/// Filled in by the loader. `part`: a MovementPart. `progress`: NaN if not measured. `side`: "" if unknown.
struct GameInput {
  double time_s = 0;
  double progress = 0;
  int part = 0;
  std::string side;
  double held_s = 0;
  bool at_ceiling = false;
  int count = 0;
  bool poor_form = false;
  bool strained = false;
};

/// `kinds`: of the picture's events.
val game_step(engine::Game& game, const GameInput& in, const val& kinds) {
  return guarded([&] {
    engine::CoachState now;
    if (std::isfinite(in.progress)) now.progress = in.progress;
    now.part = static_cast<engine::MovementPart>(in.part);
    now.held = Seconds{in.held_s};
    now.at_ceiling = in.at_ceiling;
    if (in.side == "left") now.side = engine::Side::left;
    if (in.side == "right") now.side = engine::Side::right;
    std::vector<engine::CoachEvent> events;
    for (int i = 0; i < kinds["length"].as<int>(); ++i) {
      const auto kind = session::from_word<engine::CoachEventKind>(kinds[i].as<std::string>());
      if (kind) events.push_back({Seconds{in.time_s}, *kind, in.count, {}, {}});
    }
    engine::GameLook look = engine::game_look(Seconds{in.time_s}, now, in.count, events);
    look.poor_form = in.poor_form;
    look.strained = in.strained;
    return state_of(game.step(look));
  });
}

val game_result(const engine::Game& game) {
  return guarded([&] {
    const engine::GameResult result = game.result();
    val out = val::object();
    out.set("kind", text(engine::name(result.kind)));
    out.set("tasks", result.tasks);
    out.set("succeeded", result.succeeded);
    out.set("difficultyAtStart", result.level_at_start);
    out.set("difficultyAtEnd", result.level_at_end);
    return out;
  });
}

}  // namespace

EMSCRIPTEN_BINDINGS(reprise_game) {
  using emscripten::function;
  emscripten::value_object<AskedGame>("AskedGame")
      .field("kind", &AskedGame::kind)
      .field("repetitions", &AskedGame::repetitions)
      .field("hold_s", &AskedGame::hold_s)
      .field("target", &AskedGame::target)
      .field("ceiling", &AskedGame::ceiling)
      .field("carried", &AskedGame::carried)
      .field("effort", &AskedGame::effort)
      .field("seed", &AskedGame::seed)
      .field("side", &AskedGame::side);
  emscripten::value_object<GameInput>("GameInput")
      .field("time_s", &GameInput::time_s)
      .field("progress", &GameInput::progress)
      .field("part", &GameInput::part)
      .field("side", &GameInput::side)
      .field("held_s", &GameInput::held_s)
      .field("at_ceiling", &GameInput::at_ceiling)
      .field("count", &GameInput::count)
      .field("poor_form", &GameInput::poor_form)
      .field("strained", &GameInput::strained);
  emscripten::class_<engine::Game>("Game")
      .smart_ptr<std::shared_ptr<engine::Game>>("GamePointer")
      .function("step", &game_step)
      .function(
          "state", +[](const engine::Game& game) { return guarded([&] { return state_of(game.state()); }); })
      .function("carried", &engine::Game::carried)
      .function("result", &game_result);
  function("start_game", &start_game);
}

}  // namespace reprise::wasm
