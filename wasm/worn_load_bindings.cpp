// SPDX-License-Identifier: Apache-2.0
// Load sensors under the feet. As in bindings.cpp: nothing throws, and the loader checks the arguments.

#include <emscripten/bind.h>

#include <memory>
#include <string>

#include "wasm/js_boundary.h"
#include "wasm/measured_result.h"
#include "wasm/worn_load.h"
#include "wasm/worn_values.h"

namespace reprise::wasm {
namespace {

using emscripten::val;
using js_boundary::guarded;
using js_boundary::guarded_json;

std::shared_ptr<WornLoad> wear_load(const std::string& side, double body_mass_kg, double limit_share) {
  const auto affected = side == "right" ? engine::Side::right : engine::Side::left;
  return std::make_shared<WornLoad>(LoadWalkOrder{affected, body_mass_kg, limit_share});
}

val connect_load(WornLoad& worn, unsigned sensor, const val& description) {
  return connect_worn(worn, sensor, description);
}

val take_load(WornLoad& worn, unsigned sensor, const val& packet, double came_s) {
  return take_worn(worn, sensor, packet, came_s);
}

val look_at_load(WornLoad& worn, double now_s) {
  return guarded([&] {
    const WornState state = worn.look(Seconds{now_s});
    const engine::LoadWalkState walk = worn.now() == nullptr ? engine::LoadWalkState{} : *worn.now();
    val out = worn_value(state, worn.counts());
    out.set("load", walk.share ? val(*walk.share) : val::null());
    out.set("level", worn.take_loudest());
    out.set("steps", static_cast<double>(walk.steps));
    out.set("stepsAbove", static_cast<double>(walk.steps_above));
    out.set("largest", walk.largest_share && !walk.beyond ? val(*walk.largest_share) : val::null());
    return out;
  });
}

val load_result(const WornLoad& worn, const std::string& started_at, bool simulated) {
  return guarded_json([&]() -> Result<std::string> {
    const auto document = worn.document(started_at, simulated);
    if (!document) return tl::unexpected(document.error());
    return measured_result_text(*document);
  });
}

}  // namespace

EMSCRIPTEN_BINDINGS(reprise_worn_load) {
  using emscripten::class_;
  class_<WornLoad>("WornLoad")
      .smart_ptr<std::shared_ptr<WornLoad>>("WornLoadPointer")
      .function("connect", &connect_load)
      .function("take", &take_load)
      .function("look", &look_at_load)
      .function(
          "calibrate", +[](WornLoad& worn) { worn.calibrate(); })
      .function(
          "pause", +[](WornLoad& worn, bool paused) { worn.pause(paused); })
      .function("result", &load_result);
  emscripten::function("wear_load", &wear_load);
}

}  // namespace reprise::wasm
