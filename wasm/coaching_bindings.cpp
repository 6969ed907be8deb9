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
