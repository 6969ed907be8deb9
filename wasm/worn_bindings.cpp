// SPDX-License-Identifier: Apache-2.0
// Sensors on a patient's body, and sets that they measure. As in bindings.cpp: nothing throws, and the loader
// checks the arguments.

#include <emscripten/bind.h>

#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "exercises/sensor_eligibility.h"
#include "wasm/coach_values.h"
#include "wasm/js_boundary.h"
#include "wasm/sensor_set.h"
#include "wasm/worn_sensors.h"
#include "wasm/worn_values.h"

namespace reprise::wasm {
namespace {

using emscripten::val;
using js_boundary::bytes_in;
using js_boundary::error_object;
using js_boundary::guarded;

engine::Side side_in(const std::string& side) {
  return side == "right" ? engine::Side::right : engine::Side::left;
}

/// Sensors with what their sets need to know.
struct Worn {
  std::unique_ptr<CountingSensors> sensors;
  std::vector<std::string> places;
  engine::Side side = engine::Side::left;
};

/// The sensors for what the exercise counts.
val wear(const exercises::CatalogExercise& exercise, const std::string& side) {
  return guarded([&] {
    auto worn = std::make_shared<Worn>();
    worn->side = side_in(side);
    if (exercise.definition.primary.measure == engine::Measure::muscle_activity) {
      worn->sensors = worn_on_muscle(worn->side);
      worn->places = {side};
    } else if (const auto places = exercises::sensor_places(exercise)) {
      worn->places = {side + "_" + std::string{places->proximal}, side + "_" + std::string{places->distal}};
      worn->sensors =
          worn_on_joint(exercise.definition.primary.measure, worn->places[0], worn->places[1], places->sign);
    } else {
      return error_object("unsupported", "putting sensors on",
                          "two sensors do not give what this exercise counts", "use the camera");
    }
    val out = val::object();
    out.set("worn", worn);
    return out;
  });
}

val connect(Worn& worn, unsigned sensor, const val& description) {
  return connect_worn(*worn.sensors, sensor, description);
}

val take(Worn& worn, unsigned sensor, const val& packet, double came_s) {
  return take_worn(*worn.sensors, sensor, packet, came_s);
}

val look(Worn& worn, double now_s) {
  return guarded([&] {
    const WornState state = worn.sensors->look(Seconds{now_s});
    const engine::Measure measure = worn.sensors->measure();
    val moments = val::array();
    for (std::size_t i = 0; i < state.moments.size(); ++i) {
      val one = val::object();
      one.set("time_s", state.moments[i].time.value());
      one.set("value", state.moments[i].value ? val(engine::in_degrees(measure, *state.moments[i].value))
                                              : val::null());
      moments.set(i, one);
    }
    val out = worn_value(state, worn.sensors->counts());
    out.set("moments", moments);
    return out;
  });
}

/// A set of an exercise that counts what `worn` gives. `side`: prescribed; empty: none.
val start_sensor_set(const Worn& worn, const exercises::CatalogExercise& exercise, const std::string& side,
                     bool with_ceiling, double ceiling) {
  return guarded([&] {
    if (exercise.definition.primary.measure != worn.sensors->measure()) {
      return error_object("invalid_argument", "starting a set",
                          "the sensors do not give what this exercise counts",
                          "put the sensors on for this exercise");
    }
    const auto options = options_of(exercise, side, with_ceiling, ceiling);
    if (!options) return error_object(options.error());
    val out = val::object();
    out.set("set", std::make_shared<SensorSet>(exercise, *options, worn.side, worn.sensors->deviation()));
    return out;
  });
}

/// `value`: degrees or ratio; NaN: not measured.
val sensor_step(SensorSet& set, double time_s, double value) {
  return guarded([&] {
    const engine::Measure measure = set.coach().definition().primary.measure;
    const auto measured =
        std::isfinite(value) ? std::optional{engine::from_degrees(measure, value)} : std::nullopt;
    const auto events = set.step({Seconds{time_s}, measured});
    if (!events) return error_object(events.error());
    return events->empty() ? val::undefined() : coach_events(*events);
  });
}

val sensor_set_state(const SensorSet& set) {
  return guarded([&] {
    val out = coach_value(set.coach(), set.coach().definition().primary.measure);
    out.set("problem", val::null());
    out.set("demonstrate", false);
    out.set("gesture", val::null());
    return out;
  });
}

/// `done_set`: a CoachedSet as text.
val sensor_set_bundle(const SensorSet& set, const std::string& done_set, const std::string& language,
                      const val& places) {
  return guarded([&] {
    return bundle_value(done_set, set.exercise(),
                        set.document(language, emscripten::vecFromJSArray<std::string>(places)));
  });
}

}  // namespace

EMSCRIPTEN_BINDINGS(reprise_worn) {
  using emscripten::class_;
  using emscripten::function;
  class_<Worn>("Worn")
      .smart_ptr<std::shared_ptr<Worn>>("WornPointer")
      .function("connect", &connect)
      .function("take", &take)
      .function("look", &look)
      .function(
          "calibrate", +[](Worn& worn) { worn.sensors->calibrate(); })
      .function(
          "place", +[](const Worn& worn, unsigned sensor) { return worn.places[sensor]; })
      .function(
          "sensors", +[](const Worn& worn) { return static_cast<unsigned>(worn.places.size()); })
      .function("start_set", &start_sensor_set);
  class_<SensorSet>("SensorSet")
      .smart_ptr<std::shared_ptr<SensorSet>>("SensorSetPointer")
      .function("mark_simulated", &SensorSet::mark_simulated)
      .function("step", &sensor_step)
      .function(
          "finish", +[](SensorSet& set) { return guarded([&] { return coach_events(set.finish()); }); })
      .function(
          "complete_count", +[](const SensorSet& set) { return set.coach().complete_count(); })
      .function("state", &sensor_set_state)
      .function("set_bundle", &sensor_set_bundle);
  function("wear", &wear);
}

}  // namespace reprise::wasm
