// SPDX-License-Identifier: Apache-2.0
#include "wasm/coach_values.h"

#include <array>

#include "care/outcome/set_text.h"
#include "exercises/prescription.h"
#include "session/session_json_names.h"

namespace reprise::wasm {

using emscripten::val;
using js_boundary::text;

Result<engine::CoachOptions> options_of(const exercises::CatalogExercise& exercise, const std::string& side,
                                        bool with_ceiling, double ceiling) {
  exercises::Prescription prescription;
  if (!side.empty()) prescription.side = side == "left" ? engine::Side::left : engine::Side::right;
  if (with_ceiling) prescription.ceiling = ceiling;
  return exercises::coach_options(exercise.definition, prescription);
}

namespace {

/// The complete repetitions or holds, as the recorded pass measured them.
val repetitions_value(const session::SessionDocument& document) {
  val list = val::array();
  int count = 0;
  for (const session::RecordedRepetition& r : document.exercise.repetitions) {
    if (r.outcome != engine::Outcome::complete) continue;
    val one = val::object();
    one.set("start_s", r.start.value());
    one.set("end_s", r.end.value());
    one.set("side", name_or_null(r.side));
    one.set("quality", or_null(r.quality.score));
    bool judged = false;
    for (const engine::QualityPart& part : r.quality.parts)
      judged = judged || (part.of == engine::QualityPart::Of::form && part.points.has_value());
    one.set("formJudged", judged);
    val faults = val::array();
    for (std::size_t i = 0; i < r.faults.size(); ++i) faults.set(i, r.faults[i].rule);
    one.set("faults", faults);
    list.set(count++, one);
  }
  return list;
}

}  // namespace

val bundle_value(const std::string& done_set, const exercises::CatalogExercise& exercise,
                 Result<session::SessionDocument> document) {
  if (!document) return js_boundary::error_object(document.error());
  const std::optional<double> quality = document->exercise.summary.mean_quality;
  const val repetitions = repetitions_value(*document);
  const auto bundle = care::set_bundle_text(done_set, exercise, std::move(*document));
  if (!bundle) return js_boundary::error_object(bundle.error());
  val out = val::object();
  out.set("bundle", *bundle);
  out.set("meanQuality", or_null(quality));
  out.set("repetitions", repetitions);
  return out;
}

val text_list(const std::vector<std::string>& texts) {
  val list = val::array();
  for (std::size_t i = 0; i < texts.size(); ++i) list.set(i, texts[i]);
  return list;
}

val coach_events(const std::vector<engine::CoachEvent>& events) {
  val list = val::array();
  for (std::size_t i = 0; i < events.size(); ++i) {
    const engine::CoachEvent& event = events[i];
    val one = val::object();
    one.set("time_s", event.time.value());
    one.set("kind", text(session::word(event.kind)));
    one.set("count", event.count);
    one.set("side", event.side ? text(engine::name(*event.side)) : val::null());
    one.set("detail", event.detail.empty() ? val::null() : val(event.detail));
    if (event.kind == engine::CoachEventKind::fell_short) {
      const engine::Measure measure =
          engine::measure_from_name(event.detail).value_or(engine::Measure::knee_flexion);
      one.set("value", event.value ? val(engine::in_degrees(measure, *event.value)) : val::null());
      one.set("limit", event.limit ? val(engine::in_degrees(measure, *event.limit)) : val::null());
    }
    if (event.kind == engine::CoachEventKind::repetition ||
        event.kind == engine::CoachEventKind::hold_ended) {
      one.set("kept", text_list(event.kept));
      one.set("broken", text_list(event.broken));
    }
    list.set(i, one);
  }
  return list;
}

val coach_value(const engine::Coach& coach, engine::Measure measure) {
  const engine::CoachState now = coach.now();
  val out = val::object();
  out.set("value", now.value ? val(engine::in_degrees(measure, *now.value)) : val::null());
  out.set("progress", or_null(now.progress));
  out.set("part", text(part_word(now.part)));
  out.set("side", name_or_null(now.side));
  out.set("leans_to", name_or_null(now.leans_to));
  out.set("held_s", now.held.value());
  out.set("repetition_s", now.repetition.value());
  out.set("at_ceiling", now.at_ceiling);
  out.set("unseen", now.unseen ? text(engine::info(*now.unseen).name) : val::null());
  out.set("unseen_part", name_or_null(now.unseen_part));
  out.set("view", name_or_null(now.view));
  out.set("raised_hand", name_or_null(now.raised_hand));
  return out;
}

}  // namespace reprise::wasm
