// SPDX-License-Identifier: Apache-2.0
// Bindings for the screens before and during a set: the set-up check and the coach's state. As in
// bindings.cpp: nothing throws, and the loader checks the arguments.

#include <emscripten/bind.h>

#include <memory>

#include "exercises/catalog.h"
#include "wasm/coach_values.h"
#include "wasm/js_boundary.h"
#include "wasm/live_set.h"
#include "wasm/live_setup_check.h"

namespace reprise::wasm {
namespace {

using emscripten::val;
using js_boundary::error_object;
using js_boundary::guarded;
using js_boundary::text;

/// Null if there is no problem.
val problem_of(const engine::SetState& state) {
  if (!state.problem) return val::null();
  val out = val::object();
  out.set("kind", text(engine::name(*state.problem)));
  out.set("part", name_or_null(state.part));
  out.set("position", name_or_null(state.position));
  out.set("lasted_s", state.lasted.value());
  out.set("say", state.say);
  out.set("pause", state.pause);
  return out;
}

val gesture_of(const std::optional<engine::GestureState>& gesture) {
  if (!gesture) return val::null();
  val out = val::object();
  out.set("asks", text(gesture->asked == engine::Asked::hurts ? "hurts" : "pause"));
  out.set("held_s", gesture->held.value());
  out.set("given", gesture->given);
  return out;
}

val coach_state(const LiveSet& set) {
  return guarded([&] {
    val out = coach_value(set.coach(), set.exercise().definition.primary.measure);
    out.set("problem", problem_of(set.state()));
    out.set("demonstrate", set.state().demonstrate);
    out.set("gesture", gesture_of(set.gesture()));
    return out;
  });
}

/// Applies `of` to each side that can be prescribed.
template <class Of>
val by_side(Of&& of) {
  val out = val::object();
  for (const engine::Side side : {engine::Side::left, engine::Side::right})
    out.set(std::string{engine::name(side)}, name_or_null(of(side)));
  return out;
}

val exercise_facts(const exercises::CatalogExercise& exercise, bool with_ceiling, double ceiling) {
  return guarded([&] {
    const engine::ExerciseDefinition& definition = exercise.definition;
    exercises::Prescription prescription;
    if (with_ceiling) prescription.ceiling = ceiling;
    const auto options = exercises::coach_options(definition, prescription);
    if (!options) return error_object(options.error());
    const auto pace = exercises::pace_of(exercise);
    if (!pace) return error_object(pace.error());
    const engine::Measure measure = definition.primary.measure;
    const auto binding = engine::binding_ceiling(definition, options->ceiling);
    constexpr std::array<const char*, 3> kBalances = {"none", "standing", "single_leg"};
    val out = val::object();
    out.set("kind", text(definition.kind == engine::Kind::hold ? "hold" : "repetitions"));
    out.set("measure", text(engine::info(measure).name));
    out.set("unit", text(engine::is_angle(measure) ? "degree" : "ratio"));
    out.set("rest", engine::in_degrees(measure, definition.rest));
    out.set("target", engine::in_degrees(measure, definition.target));
    out.set("ceiling", binding ? val(engine::in_degrees(measure, *binding)) : val::null());
    out.set("views", names(definition.views));
    out.set("sided", definition.sided);
    val tempo = val::object();
    tempo.set("out_s", or_null(definition.tempo.out));
    tempo.set("hold_s", or_null(definition.tempo.hold));
    tempo.set("back_s", or_null(definition.tempo.back));
    out.set("tempo", tempo);
    val wanted = val::object();
    wanted.set("out_s", pace->out.value());
    wanted.set("hold_s", pace->hold.value());
    wanted.set("back_s", pace->back.value());
    out.set("pace", wanted);
    out.set("repetition_s", exercises::duration(*pace).value());
    out.set("balance", text(kBalances[static_cast<std::size_t>(exercise.falls.balance)]));
    out.set("support_within_reach", exercise.falls.support_within_reach);
    out.set("starts_by_itself", exercise.falls.starts_by_itself);
    out.set("helper_or_release", exercise.falls.high_risk_needs_helper_or_release);
    const auto places = exercises::sensor_places(exercise);
    val sensors = val::null();
    if (places) {
      sensors = val::array();
      sensors.set(0, text(places->proximal));
      sensors.set(1, text(places->distal));
    }
    out.set("sensors", sensors);
    const exercises::EligibleGames eligible = exercises::eligible_games(exercise);
    out.set("game_eligible", eligible.lifting);
    out.set("games", names_of(eligible));
    constexpr std::array<const char*, 3> kFarther = {"farther", "lower", "higher"};
    out.set("farther", text(kFarther[static_cast<std::size_t>(definition.farther)]));
    out.set("position",
            definition.positions.empty() ? val::null() : text(engine::name(definition.positions.front())));
    out.set("working_side",
            by_side([&](engine::Side side) { return engine::swap_named_and_working(definition, side); }));
    out.set("standing_leg",
            by_side([&](engine::Side side) { return exercises::standing_leg(exercise, side); }));
    out.set("hand_starts", definition.hands_up != engine::HandsUp::at_rest);
    out.set("hand_stops", definition.hands_up == engine::HandsUp::never);
    val gestures = val::object();
    gestures.set("hurts", name_or_null(definition.gestures.hurts));
    gestures.set("pause", name_or_null(definition.gestures.pause));
    out.set("gestures", gestures);
    return out;
  });
}

/// `side`: "left", "right" or empty.
val start_readiness(const exercises::CatalogExercise& exercise, const std::string& side) {
  return guarded([&] {
    engine::Prescribed prescribed;
    if (!side.empty()) prescribed = side == "left" ? engine::Side::left : engine::Side::right;
    val out = val::object();
    out.set("readiness", std::make_shared<LiveReadiness>(exercise.definition, prescribed));
    return out;
  });
}

/// `people` and `light`: negative if unknown.
val readiness_step(LiveReadiness& readiness, double time_s, int seen, int width_px, int height_px, int people,
                   double light) {
  return guarded([&] {
    engine::PictureFacts picture{width_px, height_px, {}, {}};
    if (people >= 0) picture.people = people;
    if (light >= 0) picture.light = light;
    const engine::ReadinessState& state = readiness.step(Seconds{time_s}, static_cast<Seen>(seen), picture);
    val findings = val::array();
    for (std::size_t i = 0; i < state.findings.size(); ++i) {
      const engine::Finding& finding = state.findings[i];
      val one = val::object();
      one.set("kind", text(engine::name(finding.obstacle)));
      one.set("part", name_or_null(finding.part));
      one.set("side", name_or_null(finding.side));
      one.set("view", name_or_null(finding.view));
      one.set("position", name_or_null(finding.position));
      findings.set(i, one);
    }
    val out = val::object();
    out.set("findings", findings);
    out.set("good_for_s", state.good_for.value());
    out.set("view", name_or_null(state.view));
    out.set("facing_deg", state.facing ? val(to_degrees(*state.facing).value()) : val::null());
    out.set("position_sure", state.position_sure);
    out.set("raised_hand", name_or_null(state.raised_hand));
    out.set("distance_share", or_null(state.distance_share));
    return out;
  });
}

}  // namespace

EMSCRIPTEN_BINDINGS(reprise_coaching) {
  using emscripten::function;
  emscripten::class_<LiveReadiness>("LiveReadiness")
      .smart_ptr<std::shared_ptr<LiveReadiness>>("LiveReadinessPointer")
      .function(
          "numbers_address",
          +[](LiveReadiness& readiness) { return reinterpret_cast<std::uintptr_t>(&readiness.next_frame()); })
      .function("step", &readiness_step);
  function("coach_state", &coach_state);
  function("start_readiness", &start_readiness);
}

}  // namespace reprise::wasm
