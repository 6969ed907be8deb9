// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "report/html/format.h"
#include "report/sections/page.h"
#include "report/sections/table.h"
#include "session/repetition_views.h"

namespace reprise::report {
namespace {

std::string tempo_text(const Page& page, const session::RecordedRepetition& r) {
  const session::TempoMeasured& t = r.tempo;
  if (!(t.out + t.hold + t.back > Seconds{0})) return {};
  if (is_hold(page)) return seconds_text(t.hold);
  const std::string dot = "\u2009·\u2009";
  return fixed(t.out.value(), 1) + dot + fixed(t.hold.value(), 1) + dot + fixed(t.back.value(), 1) +
         "\u00a0s";
}

std::string fault_text(const Page& page, const engine::Fault& fault) {
  const auto& form = page.document.exercise.definition.form;
  const auto rule =
      std::find_if(form.begin(), form.end(), [&](const engine::FormRule& r) { return r.id == fault.rule; });
  std::string text = rule_words(page, fault.rule);
  if (rule == form.end() || value_text(rule->signal.measure, fault.value).empty()) return text;
  const engine::Measure m = rule->signal.measure;
  const auto& limits = rule->limits;
  const auto& limit = limits.max && fault.value > *limits.max ? limits.max
                      : limits.min                            ? limits.min
                                                              : limits.max;
  const char* key = rule->relative_to_start ? "fault.change" : "fault.value";
  text += ' ' + page.words(key, {{"value", value_text(m, fault.value)},
                                 {"limit", limit ? value_text(m, *limit) : "–"}});
  return text;
}

void faults_cell(const Page& page, Table& table, const session::RecordedRepetition& r) {
  table.open_cell("faults");
  if (!r.range && r.faults.empty()) {
    page.html.leaf("span", {{"class", "none"}}, page.words("fault.not_judged"));
  } else if (r.faults.empty()) {
    page.html.text(page.words("fault.none"));
  } else {
    page.html.open("ul");
    for (const engine::Fault& fault : r.faults) page.html.leaf("li", fault_text(page, fault));
    page.html.close();
  }
  page.html.close();
}

void outcome_cell(const Page& page, Table& table, const session::RecordedRepetition& r) {
  table.open_cell("outcome");
  page.html.text(outcome_words(page, r.outcome));
  if (past_ceiling(page.document, r))
    page.html.leaf("strong", {{"class", "past"}}, page.words("outcome.past_ceiling"));
  page.html.close();
}

// The view is a column only where it differs: else the section on trust says it once.
bool view_is_shown(const session::SessionDocument& d) {
  return session::seen_repetitions(d.exercise).size() > 1 ||
         !std::all_of(d.exercise.repetitions.begin(), d.exercise.repetitions.end(), session::has_one_view);
}

std::string seen_text(const Page& page, const session::RecordedRepetition& r) {
  if (!session::has_one_view(r)) return page.words("view.changing");
  return page.words(r.view ? "view." + std::string{engine::name(*r.view)} : "view.unknown");
}

std::string quality_text(const session::RecordedRepetition& r) {
  return r.quality.score ? fixed(*r.quality.score, 0) : std::string{};
}

void row(const Page& page, Table& table, std::size_t i) {
  const session::SessionDocument& d = page.document;
  const session::RecordedRepetition& r = d.exercise.repetitions[i];
  const bool hold = is_hold(page);
  table.begin_row(r.outcome == engine::Outcome::complete ? "complete" : "uncounted");
  table.head(std::to_string(i + 1));
  table.cell(moment_text(r.start));
  if (has_sides(d.exercise.definition)) table.cell(side_words(page, r.side, true), "side");
  outcome_cell(page, table, r);
  if (view_is_shown(d)) table.cell(seen_text(page, r), "view");
  table.cell(r.range ? range_text(*r.range) : "");
  table.cell(tempo_text(page, r));
  if (!hold) {
    table.cell(r.peak_speed ? speed_text(d.exercise.definition.primary.measure, *r.peak_speed) : "");
    table.cell(r.smoothness_sparc ? fixed(*r.smoothness_sparc, 2) : "");
  }
  faults_cell(page, table, r);
  table.cell(quality_text(r), "number score");
  table.end_row();
}

}  // namespace

void repetitions_section(const Page& page) {
  const session::SessionDocument& d = page.document;
  if (d.exercise.repetitions.empty()) return;
  const Words& w = page.words;
  const bool hold = is_hold(page);
  std::vector<std::string> columns = {w("table.number"), w("table.start")};
  if (has_sides(d.exercise.definition)) columns.push_back(w("table.side"));
  columns.push_back(w("table.outcome"));
  if (view_is_shown(d)) columns.push_back(w("table.view"));
  columns.push_back(w("table.range"));
  columns.push_back(w(hold ? "table.held" : "table.tempo"));
  if (!hold) {
    columns.push_back(w("table.speed"));
    columns.push_back(w("table.smoothness"));
  }
  columns.push_back(w("table.faults"));
  columns.push_back(w("table.quality"));
  open_section(page, "repetitions", hold ? "table.heading_hold" : "table.heading");
  Table table{page.html, page.words, columns};
  std::string caption =
      w("table.caption", {{"measure", measure_words(page, d.exercise.definition.primary.measure)}});
  const auto with_range = std::find_if(d.exercise.repetitions.begin(), d.exercise.repetitions.end(),
                                       [](const auto& r) { return r.range.has_value(); });
  if (with_range != d.exercise.repetitions.end())
    caption += ' ' + w("table.uncertainty", {{"value", uncertainty_text(*with_range->range)}});
  if (!hold) caption += ' ' + w("table.smoothness_note");
  table.begin(caption);
  for (std::size_t i = 0; i < d.exercise.repetitions.size(); ++i) row(page, table, i);
  table.end();
  page.html.close();
}

}  // namespace reprise::report
