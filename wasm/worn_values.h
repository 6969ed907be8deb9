// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <emscripten/bind.h>

#include "wasm/js_boundary.h"
#include "wasm/worn_sensors.h"

// What bindings of worn sensors share.
namespace reprise::wasm {

inline emscripten::val answer(const Result<void>& done) {
  return done ? emscripten::val::undefined() : js_boundary::error_object(done.error());
}

inline emscripten::val connect_worn(WornSensors& worn, unsigned sensor, const emscripten::val& description) {
  return js_boundary::guarded(
      [&] { return answer(worn.connect(sensor, js_boundary::bytes_in(description))); });
}

inline emscripten::val take_worn(WornSensors& worn, unsigned sensor, const emscripten::val& packet,
                                 double came_s) {
  return js_boundary::guarded(
      [&] { return answer(worn.take(sensor, js_boundary::bytes_in(packet), Seconds{came_s})); });
}

/// A WornState (reprise.d.mts) without what it measures.
inline emscripten::val worn_value(const WornState& state, const WornCounts& counts) {
  using emscripten::val;
  using js_boundary::text;
  val out = val::object();
  out.set("step", text(state.step));
  out.set("share", state.share);
  out.set("trouble", state.trouble.empty() ? val::null() : text(state.trouble));
  out.set("problem", state.problem ? text(name(*state.problem)) : val::null());
  out.set("sensor", state.sensor ? val(static_cast<int>(*state.sensor)) : val::null());
  out.set("lost", static_cast<double>(counts.lost));
  out.set("doubled", static_cast<double>(counts.doubled));
  return out;
}

}  // namespace reprise::wasm
