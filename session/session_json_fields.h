// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <optional>
#include <string>

#include "session/session_json_names.h"

// Every field of session.json, once, in the order of the file. `Archive` is Writer or Reader
// (session_json_writer.h, session_json_reader.h): one description for both keeps them consistent.
// docs/reference/session-document.md explains the fields.
namespace reprise::session {

template <class Archive>
void fields(Archive& a, Source& s) {
  a.choice("kind", s.kind);
  a.text("name", s.name);
  a.count_or_null("width_px", s.width_px);
  a.count_or_null("height_px", s.height_px);
  a.seconds("duration_s", s.duration);
  a.hertz("frame_rate_hz", s.frame_rate);
  a.text_or_null("recorded_at", s.recorded_at);
  a.text_or_null("sha256", s.sha256);
  a.text_or_null("options", s.options);
  a.texts_if_any("sensors", s.sensors);
}

template <class Archive>
void fields(Archive& a, ModelUsed& m) {
  a.text("name", m.name);
  a.text("sha256", m.sha256);
}

template <class Archive>
void fields(Archive& a, ExerciseFacts& e) {
  a.text("id", e.id);
  a.count("version", e.version);
  a.text("name", e.name);
  a.text("review_status", e.review_status);
  a.texts("not_measured", e.not_measured);
  a.list("rule_words", e.rule_words, [](auto& item, auto& rule_and_words) {
    item.text("rule", rule_and_words.first);
    item.text("words", rule_and_words.second);
  });
  a.choices("views", e.views);
}

template <class Archive>
void fields(Archive& a, FrameCounts& f) {
  a.count("total", f.total);
  a.count("with_person", f.with_person);
  a.count("reacquired", f.reacquired);
  a.count("most_people", f.most_people);
}

template <class Archive>
void fields(Archive& a, Warning& w) {
  a.text("code", w.code);
  a.text("text", w.text);
  a.text_or_null("remedy", w.remedy);
}

template <class Archive>
void fields(Archive& a, engine::Signal& s) {
  a.choice("measure", s.measure);
  a.choice("combine", s.combine);
}

template <class Archive>
void fields(Archive& a, engine::Limits& limits, engine::Measure measure) {
  a.value("min", measure, limits.min);
  a.value("max", measure, limits.max);
}

template <class Archive>
void fields(Archive& a, engine::Tempo& t) {
  a.seconds("out_s", t.out);
  a.seconds("hold_s", t.hold);
  a.seconds("back_s", t.back);
}

template <class Archive>
void fields(Archive& a, engine::FormRule& r) {
  a.text("id", r.id);
  fields(a, r.signal);
  a.choice("when", r.when);
  fields(a, r.limits, r.signal.measure);
  a.value("full_deviation", r.signal.measure, r.full_deviation);
  a.number("weight", r.weight, 4);
  a.choices("views", r.views);
  a.flag("relative_to_start", r.relative_to_start);
}

template <class Archive>
void fields(Archive& a, engine::ExerciseDefinition& d) {
  a.choice("kind", d.kind);
  a.group("primary", [&](auto& g) { fields(g, d.primary); });
  const engine::Measure m = d.primary.measure;
  a.value("rest", m, d.rest);
  a.value("target", m, d.target);
  a.value("min_excursion", m, d.min_excursion);
  a.value("ceiling", m, d.ceiling);
  a.flag("sided", d.sided);
  a.choice("side_from", d.side_from);
  a.flag("named_by_resting_side", d.named_by_resting_side);
  a.group("tempo", [&](auto& g) { fields(g, d.tempo); });
  a.seconds("shortest_s", d.shortest);
  a.seconds("longest_s", d.longest);
  a.list("gates", d.gates, [](auto& item, engine::Gate& gate) {
    fields(item, gate.signal);
    item.choice("when", gate.when);
    fields(item, gate.limits, gate.signal.measure);
  });
  a.list("form", d.form, [](auto& item, engine::FormRule& rule) { fields(item, rule); });
  a.choices("views", d.views);
  a.group("weights", [&](auto& g) {
    g.number("range", d.weights.range, 4);
    g.number("tempo", d.weights.tempo, 4);
    g.number("smoothness", d.weights.smoothness, 4);
    g.number("form", d.weights.form, 4);
  });
}

template <class Archive>
void fields(Archive& a, MeasuredRange& r) {
  a.choice("measure", r.measure);
  a.side("side", r.side, engine::info(r.measure).sided);
  a.value("min", r.measure, r.min);
  a.value("max", r.measure, r.max);
  a.value("uncertainty", r.measure, r.uncertainty);
  a.number("confidence", r.confidence, 3);
}

template <class Archive>
void fields(Archive& a, SymmetryRow& s) {
  a.choice("measure", s.measure);
  a.value("left", s.measure, s.left);
  a.value("right", s.measure, s.right);
  a.number("difference_percent", s.difference_percent, 1);
}

template <class Archive>
void fields(Archive& a, Summary& s) {
  a.count("repetitions_complete", s.repetitions_complete);
  a.count("repetitions_partial", s.repetitions_partial);
  a.count("repetitions_open", s.repetitions_open);
  a.count("other_movements", s.other_movements);
  a.number("mean_quality", s.mean_quality, 1);
  a.group_or_null("best_range", s.best_range, [](auto& g, MeasuredRange& r) { fields(g, r); });
  a.list("symmetry", s.symmetry, [](auto& item, SymmetryRow& row) { fields(item, row); });
}

/// A hold has no way out and back, and a repetition whose movement was not found again has no tempo at all:
/// the document keeps zeros there, the file null.
template <class Archive>
void tempo_measured(Archive& a, TempoMeasured& t, engine::Kind kind) {
  const bool any = t.out > Seconds{0} || t.hold > Seconds{0} || t.back > Seconds{0};
  a.group_or_null("tempo", any, [&](auto& g) {
    const auto part = [&](const char* key, Seconds& value, bool measured) {
      std::optional<Seconds> given = measured ? std::optional{value} : std::nullopt;
      g.seconds(key, given);
      value = given.value_or(Seconds{0});
    };
    part("out_s", t.out, kind == engine::Kind::repetitions);
    part("hold_s", t.hold, true);
    part("back_s", t.back, kind == engine::Kind::repetitions);
  });
}

template <class Archive>
void fields(Archive& a, engine::Fault& f, const engine::ExerciseDefinition& definition) {
  a.text("rule", f.rule);
  const auto rule = std::find_if(definition.form.begin(), definition.form.end(),
                                 [&](const engine::FormRule& r) { return r.id == f.rule; });
  if (rule == definition.form.end()) {
    a.refuse("rule", "names no form rule of this document's definition");
    return;
  }
  a.value("value", rule->signal.measure, f.value);
  a.number("amount", f.amount, 3);
  a.number("confidence", f.confidence, 3);
}

template <class Archive>
void fields(Archive& a, engine::Quality& q) {
  a.number("score", q.score, 1);
  a.list("parts", q.parts, [](auto& item, engine::QualityPart& part) {
    item.choice("part", part.of);
    item.number("points", part.points, 2);
    item.number("possible", part.possible, 4);
  });
}

template <class Archive>
void view_of_repetition(Archive& a, RecordedRepetition& r) {
  a.choice("view", r.view);
  std::optional<double> spread_deg =
      r.view_spread ? std::optional{to_degrees(*r.view_spread).value()} : std::nullopt;
  a.number("view_spread_deg", spread_deg, 1);
  if (spread_deg) r.view_spread = Degrees{*spread_deg};
}

template <class Archive>
void fields(Archive& a, RecordedRepetition& r, const engine::ExerciseDefinition& definition) {
  const engine::Measure m = definition.primary.measure;
  a.seconds("start_s", r.start);
  a.seconds("extreme_s", r.extreme);
  a.seconds("end_s", r.end);
  if (r.end < r.start) a.refuse("end_s", "lies before start_s");
  a.choice("outcome", r.outcome);
  a.derived("complete", r.outcome == engine::Outcome::complete, "outcome");
  a.side("side", r.side, definition.sided || engine::info(m).sided);
  a.if_there("view", [&] { view_of_repetition(a, r); });
  a.group_or_null("range", r.range, [](auto& g, MeasuredRange& range) { fields(g, range); });
  tempo_measured(a, r.tempo, definition.kind);
  a.number("smoothness", r.smoothness_sparc, 3);
  a.speed("peak_speed", m, r.peak_speed);
  // Where no range could be measured, the form was not judged either: that is not "no faults".
  const bool judged = r.range.has_value() || !r.faults.empty();
  a.list_or_null("faults", judged, r.faults,
                 [&](auto& item, engine::Fault& f) { fields(item, f, definition); });
  a.group("quality", [&](auto& g) { fields(g, r.quality); });
  a.list("ranges", r.ranges, [](auto& item, MeasuredRange& range) { fields(item, range); });
  a.group_or_null("figure", r.figure, [](auto& g, Figure& f) {
    g.seconds("time_s", f.time);
    g.points("world_m", f.world_m);
    g.shares("visibility", f.visibility);
  });
}

template <class Archive>
void fields(Archive& a, engine::CoachEvent& e, bool sided, engine::Measure primary) {
  a.seconds("time_s", e.time);
  a.choice("kind", e.kind);
  a.count("count", e.count);
  a.side("side", e.side, sided);
  a.text_or_null("detail", e.detail);
  if (e.kind != engine::CoachEventKind::fell_short) return;
  const engine::Measure measure = engine::measure_from_name(e.detail).value_or(primary);
  a.value("value", measure, e.value);
  a.value("limit", measure, e.limit);
}

template <class Archive>
void measured_fields(Archive& a, ExerciseSection& e) {
  a.choice("prescribed_side", e.prescribed_side);
  a.group("frames", [&](auto& g) { fields(g, e.frames); });
  a.choice("view", e.view);
  a.group("summary", [&](auto& g) { fields(g, e.summary); });
  a.group("definition", [&](auto& g) { fields(g, e.definition); });
  e.definition.id = e.facts.id;
  a.value("ceiling", e.definition.primary.measure, e.ceiling);
  a.list("repetitions", e.repetitions,
         [&](auto& item, RecordedRepetition& r) { fields(item, r, e.definition); });
  a.list("events", e.events, [&](auto& item, engine::CoachEvent& event) {
    fields(item, event, e.definition.sided || engine::info(e.definition.primary.measure).sided,
           e.definition.primary.measure);
  });
  a.visibility("visibility", e.visibility);
  a.times("times_s", e.times);
  a.list("series", e.series, [&](auto& item, MeasureSeries& s) {
    item.choice("measure", s.measure);
    item.side("side", s.side, engine::info(s.measure).sided);
    item.number("mean_confidence", s.mean_confidence, 3);
    item.values("values", s.measure, s.values, e.times.size());
  });
}

template <class Archive>
void common_fields(Archive& a, SessionDocument& d) {
  a.schema("schema", kSchemaPrefix, kSessionDocumentVersion);
  a.derived("simulated", d.source.kind == SourceKind::simulated, "source.kind");
  a.notice("notice", d.source.kind == SourceKind::simulated);
  a.text("engine_version", d.engine_version);
  a.group("source", [&](auto& g) { fields(g, d.source); });
  a.list("models", d.models, [](auto& item, ModelUsed& m) { fields(item, m); });
  a.list("warnings", d.warnings, [](auto& item, Warning& w) { fields(item, w); });
}

template <class Archive>
void fields(Archive& a, SessionDocument& d) {
  common_fields(a, d);
  a.group("exercise", [&](auto& g) {
    fields(g, d.exercise.facts);
    measured_fields(g, d.exercise);
  });
}

/// Version 1 had no sections: the measurements stood beside the exercise, on the top level.
template <class Archive>
void fields_of_version_1(Archive& a, SessionDocument& d) {
  common_fields(a, d);
  a.group("exercise", [&](auto& g) { fields(g, d.exercise.facts); });
  measured_fields(a, d.exercise);
}

}  // namespace reprise::session
