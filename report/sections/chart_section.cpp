// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "report/charts/chart.h"
#include "report/html/format.h"
#include "report/sections/page.h"

namespace reprise::report {
namespace {

constexpr double kConfident = 0.5;  // mean confidence; below, the legend says so

// The working side of a prescribed set in the foreground, else the left one.
ChartLine line_of(const Page& page, const session::MeasureSeries& series) {
  const session::SessionDocument& d = page.document;
  const engine::Side first = engine::swap_named_and_working(d.exercise.definition, d.exercise.prescribed_side)
                                 .value_or(engine::Side::left);
  const std::string style = series.side && *series.side != first ? "second" : "main";
  return {series.side ? side_words(page, series.side, true) : measure_words(page, series.measure), style,
          series.values};
}

bool has_values(const session::MeasureSeries& series) {
  return std::any_of(series.values.begin(), series.values.end(), [](const auto& v) { return v.has_value(); });
}

// A short line as in the chart, and what it means.
void legend_line(const Page& page, const std::string& style, const std::string& text) {
  page.html.open("li");
  page.html.open("svg", {{"class", "sample"},
                         {"viewBox", "0 0 28 12"},
                         {"width", "28"},
                         {"height", "12"},
                         {"aria-hidden", "true"}});
  if (style == "complete" || style == "partial" || style == "open") {
    page.html.empty(
        "rect",
        {{"class", "repetition " + style}, {"x", "1"}, {"y", "1"}, {"width", "26"}, {"height", "10"}});
  } else if (style == "gap") {
    page.html.empty("rect", {{"class", "gap"}, {"x", "1"}, {"y", "1"}, {"width", "26"}, {"height", "10"}});
  } else if (style == "main" || style == "second") {
    page.html.open("g", {{"class", "line " + style}}).empty("polyline", {{"points", "0,6 28,6"}}).close();
  } else {
    page.html.empty("line",
                    {{"class", "level " + style}, {"x1", "0"}, {"x2", "28"}, {"y1", "6"}, {"y2", "6"}});
  }
  page.html.close().text(text).close();
}

void legend(const Page& page, const Chart& chart, const std::vector<const session::MeasureSeries*>& series) {
  const session::SessionDocument& d = page.document;
  const Words& w = page.words;
  page.html.open("ul", {{"class", "legend"}});
  for (std::size_t i = 0; i < series.size(); ++i) {
    std::string text = chart.lines[i].name;
    if (!has_values(*series[i])) {
      text += " (" + w("not_measured") + ')';
    } else if (series[i]->mean_confidence < kConfident) {
      text += " (" + w("chart.uncertain") + ')';
    }
    legend_line(page, chart.lines[i].style, text);
  }
  const auto any = [&](engine::Outcome o) {
    return std::any_of(d.exercise.repetitions.begin(), d.exercise.repetitions.end(),
                       [&](const auto& r) { return r.outcome == o; });
  };
  if (any(engine::Outcome::complete))
    legend_line(page, "complete", w(is_hold(page) ? "chart.complete_hold" : "chart.complete"));
  if (any(engine::Outcome::partial)) legend_line(page, "partial", w("chart.partial"));
  if (any(engine::Outcome::open)) legend_line(page, "open", w("chart.open"));
  legend_line(page, "gap", w("chart.gap"));
  page.html.close();
}

}  // namespace

void chart_section(const Page& page) {
  const session::SessionDocument& d = page.document;
  const Words& w = page.words;
  const engine::Measure m = d.exercise.definition.primary.measure;
  Chart chart;
  chart.measure = m;
  std::vector<const session::MeasureSeries*> series;
  for (const session::MeasureSeries& s : d.exercise.series) {
    if (s.measure != m) continue;
    series.push_back(&s);
    chart.lines.push_back(line_of(page, s));
  }
  open_section(page, "movement", "chart.heading");
  if (std::none_of(series.begin(), series.end(), [](const auto* s) { return has_values(*s); })) {
    page.html.leaf("p", {{"class", "none"}}, w("chart.nothing", {{"measure", measure_words(page, m)}}))
        .close();
    return;
  }
  chart.no_scale = !view_fits(d);
  // A target behind a ceiling is not shown: it could draw the patient past the ceiling.
  if (!chart.no_scale && !ceiling_before_target(d)) {
    chart.levels.push_back({d.exercise.definition.target,
                            w("chart.target", {{"value", value_text(m, d.exercise.definition.target)}}),
                            "target"});
  }
  if (!chart.no_scale && d.exercise.ceiling)
    chart.levels.push_back({*d.exercise.ceiling,
                            w("chart.ceiling", {{"value", value_text(m, *d.exercise.ceiling)}}), "ceiling"});
  chart.show_gaps = true;
  chart.most_strips = 12;
  chart.description = w("chart.description", {{"measure", measure_words(page, m)},
                                              {"n", std::to_string(d.exercise.repetitions.size())}});
  page.html.open("figure", {{"class", "chart"}});
  page.html.open("figcaption");
  page.html.leaf("span", {{"class", "axis-title"}},
                 w(chart.no_scale ? "chart.no_scale" : "chart.axis",
                   {{"measure", measure_words(page, m)}, {"unit", unit_words(page, m)}}));
  legend(page, chart, series);
  page.html.close();
  draw_chart(page.html, w, d, chart);
  page.html.close();
  page.html.leaf("p", {{"class", "note"}}, w(chart.no_scale ? "chart.no_scale_note" : "chart.note"));
  page.html.close();
}

namespace {

// Limits of the form rules on this measure, where they can be drawn as a level and are judged from here.
void add_limits(const Page& page, engine::Measure m, Chart& chart) {
  const session::SessionDocument& d = page.document;
  for (const engine::FormRule& rule : d.exercise.definition.form) {
    if (rule.signal.measure != m || rule.relative_to_start || !judged_from_here(d, rule)) continue;
    for (const auto& limit : {rule.limits.min, rule.limits.max}) {
      if (limit)
        chart.levels.push_back(
            {*limit, page.words("chart.limit", {{"value", value_text(m, *limit)}}), "limit"});
    }
  }
}

// Lowest and highest value within the complete repetitions.
std::optional<session::MeasuredRange> over_repetitions(const session::SessionDocument& d, engine::Measure m,
                                                       std::optional<engine::Side> side) {
  std::optional<session::MeasuredRange> all;
  for (const session::RecordedRepetition& r : d.exercise.repetitions) {
    if (r.outcome != engine::Outcome::complete) continue;
    for (const session::MeasuredRange& range : r.ranges) {
      if (range.measure != m || range.side != side) continue;
      if (!all) all = range;
      all->min = std::min(all->min, range.min);
      all->max = std::max(all->max, range.max);
      all->uncertainty = std::max(all->uncertainty, range.uncertainty);
    }
  }
  return all;
}

void one_measure(const Page& page, engine::Measure m) {
  const session::SessionDocument& d = page.document;
  Chart chart;
  chart.measure = m;
  chart.small = true;
  chart.columns = 300;
  std::string captions;
  for (const session::MeasureSeries& s : d.exercise.series) {
    if (s.measure != m || !has_values(s)) continue;
    chart.lines.push_back(line_of(page, s));
    const auto range = over_repetitions(d, m, s.side);
    std::string caption = s.side ? side_words(page, s.side, true) + ' ' : "";
    caption +=
        range ? range_text(*range) + ' ' + uncertainty_text(*range) : page.words("measures.no_repetition");
    captions += (captions.empty() ? "" : "; ") + caption;
  }
  page.html.open("figure", {{"class", "chart small"}}).open("figcaption");
  page.html.leaf("strong", measure_words(page, m)).text(" ");
  if (chart.lines.empty()) {
    page.html.leaf("span", {{"class", "none"}}, page.words("not_measured")).close().close();
    return;
  }
  page.html.leaf("span", unit_words(page, m) + ": " + captions).close();
  add_limits(page, m, chart);
  chart.description =
      page.words("chart.small_description", {{"measure", measure_words(page, m)}, {"ranges", captions}});
  draw_chart(page.html, page.words, d, chart);
  page.html.close();
}

}  // namespace

void measures_section(const Page& page) {
  const session::SessionDocument& d = page.document;
  std::vector<engine::Measure> others;
  for (const session::MeasureSeries& s : d.exercise.series) {
    if (s.measure != d.exercise.definition.primary.measure &&
        std::find(others.begin(), others.end(), s.measure) == others.end()) {
      others.push_back(s.measure);
    }
  }
  if (others.empty() || d.exercise.times.empty()) return;
  open_section(page, "measures", "measures.heading");
  if (!view_fits(d)) {
    page.html.leaf("p", {{"class", "none"}}, page.words("measures.wrong_view")).close();
    return;
  }
  page.html.leaf("p", {{"class", "note"}}, page.words("measures.note"));
  page.html.open("div", {{"class", "multiples"}});
  for (const engine::Measure m : others) one_measure(page, m);
  page.html.close().close();
}

}  // namespace reprise::report
