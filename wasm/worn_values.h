// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <emscripten/bind.h>

#include <cstdint>
#include <vector>

#include "wasm/js_boundary.h"
#include "wasm/worn_sensors.h"

// What bindings of worn sensors share.
namespace reprise::wasm {

inline emscripten::val connect_worn(WornSensors& worn, unsigned sensor, const emscripten::val& description) {
  return js_boundary::guarded([&] {
    const auto bytes = emscripten::convertJSArrayToNumberVector<std::uint8_t>(description);
    const auto done = worn.connect(sensor, bytes);
    return done ? emscripten::val::undefined() : js_boundary::error_object(done.error());
  });
}

inline emscripten::val take_worn(WornSensors& worn, unsigned sensor, const emscripten::val& packet,
                                 double came_s) {
  return js_boundary::guarded([&] {
    const auto bytes = emscripten::convertJSArrayToNumberVector<std::uint8_t>(packet);
    const auto done = worn.take(sensor, bytes, Seconds{came_s});
    return done ? emscripten::val::undefined() : js_boundary::error_object(done.error());
  });
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
