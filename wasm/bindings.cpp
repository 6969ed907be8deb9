// SPDX-License-Identifier: Apache-2.0
// What reprise.mjs calls. Nothing is thrown across this boundary: what fails returns {error}, and the loader
// throws it. Arguments come checked from the loader; reprise.d.mts documents them.

#include <emscripten/bind.h>

#include <memory>

#include "exercises/catalog.h"
#include "session/passes.h"
#include "session/session_json_names.h"
#include "wasm/coach_values.h"
#include "wasm/js_boundary.h"
#include "wasm/live_set.h"
#include "wasm/posture.h"
#include "wasm/range_of_motion.h"
#include "wasm/session_options.h"

namespace reprise::wasm {
namespace {

using emscripten::val;
using js_boundary::error_object;
using js_boundary::float64_array;
using js_boundary::guarded;

/// `side`: "left", "right" or empty.
val start_set(const exercises::CatalogExercise& exercise, const std::string& side, bool with_ceiling,
              double ceiling, bool helper) {
  return guarded([&] {
    const auto options = options_of(exercise, side, with_ceiling, ceiling);
    if (!options) return error_object(options.error());
    val out = val::object();
    out.set("set", std::make_shared<LiveSet>(exercise, *options, helper));
    return out;
  });
}

/// {} or {error}.
val step_paused(LiveSet& set, double time_s, int seen) {
  return guarded([&] {
    const auto done = set.step_paused(Seconds{time_s}, static_cast<Seen>(seen));
    return done ? val::object() : error_object(done.error());
  });
}

/// Undefined where the coach has nothing to say, which is nearly always; else a list, or {error}. `people`:
/// below 0 where it is not known.
val step(LiveSet& set, double time_s, int seen, int people, bool looks_like_other) {
  return guarded([&] {
    const auto known = people < 0 ? std::nullopt : std::optional{people};
    const auto events = set.step(Seconds{time_s}, static_cast<Seen>(seen), known, looks_like_other);
    if (!events) return error_object(events.error());
    return events->empty() ? val::undefined() : coach_events(*events);
  });
}

val session(const LiveSet& set, const SessionOptions& given) {
  return guarded([&] {
    const auto json = set.session(facts_in(given));
    if (!json) return error_object(json.error());
    val out = val::object();
    out.set("json", *json);
    return out;
  });
}

/// `done_set`: a CoachedSet as text.
val coached_set_bundle(const LiveSet& set, const SessionOptions& given, const std::string& done_set) {
  return guarded([&] { return bundle_value(done_set, set.exercise(), set.document(facts_in(given))); });
}

val replay(const LiveSet& set, double from_s, double to_s, const SessionOptions& given) {
  return guarded([&] {
    const auto figures = set.replay(facts_in(given), Seconds{from_s}, Seconds{to_s});
    if (!figures) return error_object(figures.error());
    std::vector<double> times_s;
    std::vector<double> landmarks_m;
    std::vector<double> segments;
    for (const session::ReplayFigure& each : *figures) {
      times_s.push_back(each.time.value());
      for (const auto& point : each.figure.landmarks)
        landmarks_m.insert(landmarks_m.end(), {point.v.x(), point.v.y(), point.v.z()});
      for (const auto& turned : each.figure.turned)
        segments.insert(segments.end(), turned.data(), turned.data() + 9);
    }
    val out = val::object();
    out.set("times_s", float64_array(times_s));
    out.set("landmarks_m", float64_array(landmarks_m));
    out.set("segments", float64_array(segments));
    return out;
  });
}

/// The exercise as a test of range of motion counts it, and the test itself.
val range_test(const exercises::CatalogExercise& exercise, const std::string& file, const std::string& text,
               const std::string& id) {
  return guarded([&] {
    auto test = range_test_in(file, text, id);
    if (!test) return error_object(test.error());
    auto counted = as_range_test(exercise, *test);
    if (!counted) return error_object(counted.error());
    val out = val::object();
    out.set("exercise", std::make_shared<exercises::CatalogExercise>(std::move(*counted)));
    out.set("test", std::make_shared<exercises::RangeTest>(std::move(*test)));
    return out;
  });
}

/// `side`: "left", "right" or empty.
val filmed_trials(const LiveSet& set, const exercises::RangeTest& test, const std::string& side, bool passive,
                  const SessionOptions& given) {
  return js_boundary::guarded_json([&] {
    FilmedRangeOptions options{std::nullopt, passive};
    if (!side.empty()) options.side = side == "left" ? Side::left : Side::right;
    return filmed_trials_text(set, test, options, facts_in(given));
  });
}

val range_of_motion(const std::string& tests) {
  return js_boundary::guarded_json([&] { return range_of_motion_text(tests); });
}

val posture_points(const std::string& photo) {
  return js_boundary::guarded_json([&] { return posture_points_text(photo); });
}

val posture(const std::string& pictures) {
  return js_boundary::guarded_json([&] { return posture_text(pictures); });
}

val posture_changes(const std::string& documents) {
  return js_boundary::guarded_json([&] { return posture_changes_text(documents); });
}

}  // namespace

SetFacts facts_in(const SessionOptions& given) {
  SetFacts facts;
  facts.source.kind =
      session::from_word<session::SourceKind>(given.kind).value_or(session::SourceKind::video);
  facts.source.name = given.name;
  facts.source.width_px = given.width_px;
  facts.source.height_px = given.height_px;
  facts.reacquired = given.reacquired;
  facts.most_people = given.most_people;
  facts.language = given.language;
  const int models = given.models["length"].as<int>();
  for (int i = 0; i < models; ++i) {
    facts.models.push_back(
        {given.models[i]["name"].as<std::string>(), given.models[i]["sha256"].as<std::string>()});
  }
  return facts;
}

EMSCRIPTEN_BINDINGS(reprise) {
  using emscripten::class_;
  using emscripten::function;
  using emscripten::value_object;

  value_object<SessionOptions>("SessionOptions")
      .field("kind", &SessionOptions::kind)
      .field("name", &SessionOptions::name)
      .field("language", &SessionOptions::language)
      .field("width_px", &SessionOptions::width_px)
      .field("height_px", &SessionOptions::height_px)
      .field("reacquired", &SessionOptions::reacquired)
      .field("most_people", &SessionOptions::most_people)
      .field("models", &SessionOptions::models);

  class_<LiveSet>("LiveSet")
      .smart_ptr<std::shared_ptr<LiveSet>>("LiveSetPointer")
      .function(
          "numbers_address",
          +[](LiveSet& set) { return reinterpret_cast<std::uintptr_t>(&set.next_frame()); })
      .function("mark_simulated", &LiveSet::mark_simulated)
      .function("step", &step)
      .function("step_paused", &step_paused)
      .function(
          "finish", +[](LiveSet& set) { return guarded([&] { return coach_events(set.finish()); }); })
      .function(
          "complete_count", +[](const LiveSet& set) { return set.coach().complete_count(); })
      .function("session", &session)
      .function("set_bundle", &coached_set_bundle);
  class_<exercises::RangeTest>("RangeTest")
      .smart_ptr<std::shared_ptr<exercises::RangeTest>>("RangeTestPointer");
  function("range_test", &range_test);
  function("filmed_trials", &filmed_trials);
  function("replay", &replay);
  function("range_of_motion", &range_of_motion);
  function("posture_points", &posture_points);
  function("posture", &posture);
  function("posture_changes", &posture_changes);
  function("engine_version", &session::engine_version);
  function("start_set", &start_set);
}

}  // namespace reprise::wasm
