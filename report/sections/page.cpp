// SPDX-License-Identifier: Apache-2.0
#include "report/sections/page.h"

#include <algorithm>

#include "report/html/format.h"
#include "session/repetition_views.h"

namespace reprise::report {

namespace {

bool is_among(const std::vector<engine::View>& views, engine::View view) {
  return std::find(views.begin(), views.end(), view) != views.end();
}

/// From where the recording was seen: several views where it changes, none where it could not be told.
std::vector<engine::View> views_of(const session::SessionDocument& document) {
  std::vector<engine::View> views;
  if (document.exercise.view) return {*document.exercise.view};
  for (const session::SeenRepetitions& seen : session::seen_repetitions(document.exercise))
    views.push_back(seen.view);
  return views;
}

bool counts_up(const session::SessionDocument& document) {
  return document.exercise.definition.target > document.exercise.definition.rest;
}

}  // namespace

bool is_hold(const Page& page) {
  return page.document.exercise.definition.kind == engine::Kind::hold;
}

bool view_fits(const session::SessionDocument& document) {
  const auto& wanted = document.exercise.definition.views;
  const auto views = views_of(document);
  return views.empty() || wanted.empty() ||
         std::any_of(views.begin(), views.end(), [&](engine::View view) { return is_among(wanted, view); });
}

bool judged_from_here(const session::SessionDocument& document, const engine::FormRule& rule) {
  const auto views = views_of(document);
  return rule.views.empty() || std::any_of(views.begin(), views.end(),
                                           [&](engine::View view) { return is_among(rule.views, view); });
}

bool ceiling_before_target(const session::SessionDocument& document) {
  if (!document.exercise.ceiling) return false;
  const double target = document.exercise.definition.target;
  return counts_up(document) ? *document.exercise.ceiling < target : *document.exercise.ceiling > target;
}

bool has_sides(const engine::ExerciseDefinition& definition) {
  return definition.sided || engine::info(definition.primary.measure).sided;
}

std::string side_words(const Page& page, std::optional<engine::Side> side, bool sided) {
  if (side) return page.words(*side == engine::Side::left ? "side.left" : "side.right");
  return sided ? page.words("side.both") : "";
}

std::string view_words(const Page& page, engine::View view) {
  return page.words("view." + std::string{engine::name(view)});
}

std::string outcome_words(const Page& page, engine::Outcome outcome) {
  switch (outcome) {
    case engine::Outcome::complete: return page.words("outcome.complete");
    case engine::Outcome::partial: return page.words("outcome.partial");
    case engine::Outcome::open: return page.words("outcome.open");
  }
  return {};
}

std::string rule_words(const Page& page, std::string_view rule) {
  for (const auto& [id, words] : page.document.exercise.facts.rule_words) {
    if (id == rule && !words.empty()) return words;
  }
  return std::string{rule};
}

std::string measure_words(const Page& /*page*/, engine::Measure measure) {
  return std::string{engine::info(measure).label};
}

std::string measure_words(const Page& page, engine::Measure measure, std::optional<engine::Side> side) {
  const std::string label = measure_words(page, measure);
  return side ? label + ", " + side_words(page, side, true) : label;
}

std::string unit_words(const Page& page, engine::Measure measure) {
  if (engine::is_angle(measure)) return page.words("unit.degrees");
  return page.words(measure == engine::Measure::knee_separation ? "unit.ankle_distances"
                                                                : "unit.leg_lengths");
}

std::string listed(const Page& page, const std::vector<std::string>& items) {
  std::string out;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) out += i + 1 == items.size() ? page.words("list.last") : ", ";
    out += items[i];
  }
  return out;
}

std::string or_not_measured(const Page& page, const std::string& text) {
  return text.empty() ? page.words("not_measured") : text;
}

void value_or_not_measured(Html& html, const Words& words, const std::string& text) {
  if (text.empty()) {
    html.leaf("span", {{"class", "none"}}, words("not_measured"));
  } else {
    html.text(text);
  }
}

void explained(Html& html, const Words& words, const char* heading, const std::string& text) {
  html.open("div").leaf("dt", words(heading)).leaf("dd", text).close();
}

void origin(Html& html, const Words& words, const char* key, const std::string& text, const char* style) {
  if (text.empty()) return;
  html.open("div").leaf("dt", words(key)).open("dd", {{"class", style}});
  html.leaf("bdi", text).close().close();
}

void open_section(Html& html, const Words& words, const char* id, const char* heading_key) {
  html.open("section", {{"id", id}, {"aria-labelledby", std::string{id} + "-heading"}});
  html.leaf("h2", {{"id", std::string{id} + "-heading"}}, words(heading_key));
}

bool past_ceiling(const session::SessionDocument& document, const session::RecordedRepetition& repetition) {
  if (!document.exercise.ceiling || !repetition.range) return false;
  const double extreme = extreme_of(*repetition.range, document.exercise.definition);
  return counts_up(document) ? extreme > *document.exercise.ceiling : extreme < *document.exercise.ceiling;
}

}  // namespace reprise::report
