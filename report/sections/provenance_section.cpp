// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "report/html/format.h"
#include "report/sections/page.h"

namespace reprise::report {
namespace {

void fact(const Page& page, const char* key, const std::string& text, const char* style = "fact") {
  page.html.open("div").leaf("dt", page.words(key)).open("dd", {{"class", style}});
  page.html.leaf("bdi", text).close().close();
}

// Empty where the source does not tell.
std::string duration_text(const session::Source& source) {
  return source.duration > Seconds{0} ? moment_text(source.duration) : std::string{};
}

std::string source_words(const Page& page) {
  switch (page.document.source.kind) {
    case session::SourceKind::video: return page.words("source.video");
    case session::SourceKind::landmarks: return page.words("source.landmarks");
    case session::SourceKind::simulated: return page.words("source.simulated");
    case session::SourceKind::sensors: return page.words("source.sensors");
  }
  return {};
}

std::string side_line(const Page& page) {
  const session::SessionDocument& d = page.document;
  const Words& w = page.words;
  if (d.exercise.prescribed_side) {
    const std::string side =
        w(*d.exercise.prescribed_side == engine::Side::left ? "side.line_left" : "side.line_right");
    return d.exercise.definition.named_by_resting_side ? side + ' ' + w("side.named_by_resting") : side;
  }
  if (d.exercise.definition.sided) {
    const auto is = [&](std::optional<engine::Side> side) {
      return !d.exercise.repetitions.empty() &&
             std::all_of(d.exercise.repetitions.begin(), d.exercise.repetitions.end(),
                         [&](const session::RecordedRepetition& r) { return r.side == side; });
    };
    if (is(engine::Side::left)) return w("side.performed_left");
    return w(is(engine::Side::right) ? "side.performed_right" : "side.line_either");
  }
  return engine::info(d.exercise.definition.primary.measure).sided ? w("side.line_both")
                                                                   : w("side.line_none");
}

}  // namespace

void masthead(const Page& page) {
  const session::SessionDocument& d = page.document;
  const Words& w = page.words;
  page.html.open("header", {{"class", "masthead"}});
  page.html.open("p", {{"class", "kicker"}}).leaf("span", w("head.kicker"));
  if (!page.options.date.empty()) page.html.leaf("span", page.options.date);
  page.html.close();
  page.html.leaf("h1", d.exercise.facts.name.empty() ? w("head.kicker") : d.exercise.facts.name);
  page.html.leaf("p", {{"class", "side"}}, side_line(page));
  page.html.open("p", {{"class", "facts"}});
  if (!d.source.name.empty()) page.html.leaf("bdi", d.source.name).text(" · ");
  const std::string duration = duration_text(d.source);
  page.html.text(duration.empty() ? w("head.no_duration") : w("head.duration", {{"duration", duration}}));
  if (d.exercise.view) page.html.text(" · " + w("head.view", {{"view", view_words(page, *d.exercise.view)}}));
  page.html.close().close();
}

void provenance_section(const Page& page) {
  const session::SessionDocument& d = page.document;
  const Words& w = page.words;
  open_section(page, "provenance", "provenance.heading");
  page.html.open("dl", {{"class", "provenance"}});
  fact(page, "provenance.source",
       d.source.name.empty() ? source_words(page) : source_words(page) + ": " + d.source.name);
  if (!d.source.sha256.empty()) fact(page, "provenance.file", "SHA-256 " + d.source.sha256, "fact hash");
  if (!d.source.recorded_at.empty()) fact(page, "provenance.recorded", d.source.recorded_at);
  if (!d.source.options.empty()) fact(page, "provenance.options", d.source.options);
  if (d.source.width_px > 0 && d.source.height_px > 0) {
    fact(page, "provenance.pictures",
         std::to_string(d.source.width_px) + " × " + std::to_string(d.source.height_px));
  }
  fact(page, "provenance.duration", or_not_measured(page, duration_text(d.source)));
  fact(page, "provenance.rate",
       d.source.frame_rate ? w("provenance.per_second", {{"n", fixed(d.source.frame_rate->value(), 1)}})
                           : w("not_measured"));
  fact(page, "provenance.frames",
       w("provenance.frame_counts", {{"total", std::to_string(d.exercise.frames.total)},
                                     {"with", std::to_string(d.exercise.frames.with_person)},
                                     {"reacquired", std::to_string(d.exercise.frames.reacquired)},
                                     {"people", std::to_string(d.exercise.frames.most_people)}}));
  fact(page, "provenance.exercise",
       w("provenance.entry",
         {{"id", d.exercise.facts.id}, {"version", std::to_string(d.exercise.facts.version)}}));
  fact(page, "provenance.engine", "Reprise " + d.engine_version);
  if (d.models.empty()) fact(page, "provenance.models", w("provenance.no_models"));
  for (const session::ModelUsed& model : d.models) {
    fact(page, "provenance.models", model.name + ", SHA-256 " + model.sha256, "fact hash");
  }
  page.html.close().close();
}

}  // namespace reprise::report
