// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <functional>
#include <set>

#include "report/charts/trend_chart.h"
#include "report/combined/combined_page.h"
#include "report/html/format.h"

namespace reprise::report {
namespace {

using Points = std::vector<std::optional<Uncertain>>;

// What the first and the last measured session say together.
std::string change_text(const Combined& c, const Points& points,
                        const std::function<std::string(double)>& shown) {
  const Words& w = c.words;
  std::vector<std::size_t> measured;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (points[i]) measured.push_back(i);
  }
  if (measured.empty()) return w("not_measured");
  const std::size_t a = measured.front();
  const std::size_t b = measured.back();
  if (a == b) return w("trend.single", {{"n", std::to_string(a + 1)}, {"value", shown(points[a]->value)}});
  std::string text =
      w("trend.change", {{"first", shown(points[a]->value)}, {"last", shown(points[b]->value)}});
  const double uncertainty = std::max(points[a]->uncertainty, points[b]->uncertainty);
  if (!comparable(c.sessions[a].document, c.sessions[b].document)) {
    text += ' ' + w("trend.not_comparable");
  } else if (uncertainty > 0) {
    const bool within = std::abs(points[a]->value - points[b]->value) <= uncertainty;
    text += ' ' + w(within ? "trend.within" : "trend.beyond", {{"value", shown(uncertainty)}});
  }
  return text;
}

Trend trend_of(const Combined& c, const std::string& title, Points points, int decimals,
               const std::string& unit) {
  Trend t;
  t.title = title;
  t.points = std::move(points);
  t.joined = c.joined;
  t.decimals = decimals;
  t.unit = unit;
  t.caption = change_text(c, t.points, [&](double value) { return fixed(value, decimals) + unit; });
  t.description = title + ". " + t.caption;
  return t;
}

template <class Value>
Points points_of(const Combined& c, const Value& value) {
  Points points;
  for (std::size_t i = 0; i < c.sessions.size(); ++i) points.push_back(value(i));
  return points;
}

void count_trend(const Combined& c, const Page& page) {
  Trend t =
      trend_of(c, c.words(is_hold(page) ? "summary.holds" : "summary.repetitions"),
               points_of(c,
                         [&](std::size_t i) {
                           return std::optional{Uncertain{
                               double(c.sessions[i].document.exercise.summary.repetitions_complete), 0}};
                         }),
               0, "");
  t.low = 0;
  t.least = 3;
  t.whole = true;
  draw_trend(c.html, t);
}

// Where a ceiling holds, it is drawn, and no target behind it: nothing rewards going past it.
void add_levels(const Combined& c, const std::function<double(double)>& unit, Trend& t) {
  const engine::Measure m = c.first().exercise.definition.primary.measure;
  std::set<double> ceilings;
  std::set<double> targets;
  for (const CombinedSession& s : c.sessions) {
    if (s.document.exercise.ceiling) ceilings.insert(*s.document.exercise.ceiling);
    if (ceiling_before_target(s.document)) continue;
    targets.insert(s.document.exercise.definition.target);
  }
  for (const double ceiling : ceilings)
    t.levels.push_back(
        {unit(ceiling), c.words("chart.ceiling", {{"value", value_text(m, ceiling)}}), "ceiling"});
  if (targets.size() == 1 && ceilings.empty())
    t.levels.push_back({unit(*targets.begin()),
                        c.words("chart.target", {{"value", value_text(m, *targets.begin())}}), "target"});
}

void range_trend(const Combined& c, const Page& page) {
  const engine::Measure m = c.first().exercise.definition.primary.measure;
  const bool angle = engine::is_angle(m);
  const auto unit = [angle](double value) { return angle ? to_degrees(Radians{value}).value() : value; };
  const std::string title = c.words("trend.reached", {{"measure", measure_words(page, m)}}) +
                            (angle ? "" : ", " + unit_words(page, m));
  Trend t = trend_of(c, title,
                     points_of(c,
                               [&](std::size_t i) -> std::optional<Uncertain> {
                                 const auto& reached = c.figures[i].reached;
                                 if (!reached) return std::nullopt;
                                 return Uncertain{unit(reached->value), unit(reached->uncertainty)};
                               }),
                     angle ? 0 : 2, angle ? "°" : "");
  t.degrees = angle;
  t.least = angle ? 20 : 0.2;
  add_levels(c, unit, t);
  draw_trend(c.html, t);
}

void other_trends(const Combined& c) {
  const Words& w = c.words;
  const auto without_uncertainty = [](const auto& value) -> std::optional<Uncertain> {
    if (!value) return std::nullopt;
    return Uncertain{*value, 0};
  };
  const auto any = [&](const auto& has) { return std::any_of(c.figures.begin(), c.figures.end(), has); };
  if (any([](const SessionFigures& f) { return f.held.has_value(); })) {
    Trend held = trend_of(c, w("trend.held"),
                          points_of(c,
                                    [&](std::size_t i) -> std::optional<Uncertain> {
                                      if (!c.figures[i].held) return std::nullopt;
                                      return Uncertain{c.figures[i].held->value(), 0};
                                    }),
                          1, "\u00a0s");
    held.low = 0;
    draw_trend(c.html, held);
  }
  Trend quality =
      trend_of(c, w("summary.quality"),
               points_of(c, [&](std::size_t i) { return without_uncertainty(c.figures[i].quality); }), 0, "");
  quality.low = 0;
  quality.high = 100;
  draw_trend(c.html, quality);
  if (!any([](const SessionFigures& f) { return f.difference_percent.has_value(); })) return;
  Trend symmetry =
      trend_of(c, w("trend.symmetry"),
               points_of(c, [&](std::size_t i) { return c.figures[i].difference_percent; }), 0, "\u00a0%");
  symmetry.least = 20;
  symmetry.levels.push_back({0, "", "limit"});
  draw_trend(c.html, symmetry);
}

}  // namespace

void combined_trends(const Combined& c, const Page& page) {
  open_section(page, "trends", "trend.heading");
  if (!c.one_exercise()) {
    c.html.leaf("p", {{"class", "none"}}, c.words("trend.other_exercises")).close();
    return;
  }
  c.html.leaf("p", {{"class", "note"}}, c.words("trend.note"));
  c.html.open("div", {{"class", "multiples"}});
  count_trend(c, page);
  range_trend(c, page);
  other_trends(c);
  c.html.close().close();
}

}  // namespace reprise::report
