#include "report/combined_report.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <set>

#include "report/comparison.h"
#include "report/format.h"
#include "report/frame.h"
#include "report/table.h"
#include "report/trend_chart.h"
#include "session/finite_document.h"

namespace reprise {
namespace {

using Points = std::vector<std::optional<Uncertain>>;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

struct Combined {
  Html& html;
  const Words& words;
  const std::vector<CombinedSession>& sessions;
  const CombinedOptions& options;
  std::vector<SessionFigures> figures;
  std::vector<bool> joined;  // with the session before
  bool by_day = false;

  [[nodiscard]] const SessionDocument& first() const { return sessions.front().document; }
  [[nodiscard]] const SessionDocument& last() const { return sessions.back().document; }
  [[nodiscard]] bool one_exercise() const {
    return std::all_of(sessions.begin(), sessions.end(), [&](const CombinedSession& s) {
      return s.document.exercise.id == first().exercise.id &&
             s.document.definition.primary.measure == first().definition.primary.measure &&
             s.document.definition.kind == first().definition.kind;
    });
  }
};

void heading(const Combined& c) {
  const Words& w = c.words;
  c.html.open("header", {{"class", "masthead"}});
  c.html.open("p", {{"class", "kicker"}}).leaf("span", w("combined.kicker")).close();
  c.html.leaf("h1", c.one_exercise() ? c.first().exercise.name : w("combined.exercises"));
  std::string line = w.count("combined.sessions", static_cast<int>(c.sessions.size()));
  if (c.by_day && !c.sessions.front().day.empty())
    line += ", " +
            (c.sessions.front().day == c.sessions.back().day
                 ? c.sessions.front().day
                 : w("combined.days", {{"first", c.sessions.front().day}, {"last", c.sessions.back().day}}));
  c.html.leaf("p", {{"class", "side"}}, line);
  c.html.leaf("p", {{"class", "facts"}}, w(c.by_day ? "combined.by_day" : "combined.by_name")).close();
}

std::string numbers(const Page& page, const std::vector<std::size_t>& which) {
  std::vector<std::string> texts;
  for (const std::size_t i : which) texts.push_back(std::to_string(i + 1));
  return listed(page, texts);
}

// What breaks the comparison comes before the lines that invite it.
void cautions(const Combined& c, const Page& page) {
  const Words& w = c.words;
  std::vector<const SessionDocument*> documents;
  for (const CombinedSession& s : c.sessions) documents.push_back(&s.document);
  const auto found = differences(w, documents);
  open_section(page, "cautions", "combined.cautions");
  c.html.open("ul", {{"class", "warnings"}});
  c.html.open("li")
      .leaf("strong", w("combined.person"))
      .text(" ")
      .leaf("span", w("combined.person_remedy"))
      .close();
  if (!found.empty()) {
    c.html.open("li")
        .leaf("strong", w("combined.differ"))
        .text(" ")
        .leaf("span", w("combined.differ_remedy"))
        .close();
  }
  c.html.close();
  if (found.empty()) {
    c.html.leaf("p", w("combined.alike")).close();
    return;
  }
  c.html.open("dl", {{"class", "explained"}});
  for (const Difference& difference : found) {
    c.html.open("div").leaf("dt", difference.aspect).open("dd");
    std::string text;
    for (const auto& [value, which] : difference.values) {
      text += (text.empty() ? "" : "; ") + w.count("combined.in", static_cast<int>(which.size())) + ' ' +
              numbers(page, which) + ": " + value;
    }
    c.html.text(text).close().close();
  }
  c.html.close().close();
}

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
  Trend t = trend_of(
      c, c.words(is_hold(page) ? "summary.holds" : "summary.repetitions"),
      points_of(
          c,
          [&](std::size_t i) {
            return std::optional{Uncertain{double(c.sessions[i].document.summary.repetitions_complete), 0}};
          }),
      0, "");
  t.low = 0;
  t.least = 3;
  t.whole = true;
  draw_trend(c.html, t);
}

// Where a ceiling holds, it is drawn, and no target behind it: nothing rewards going past it.
void add_levels(const Combined& c, const std::function<double(double)>& unit, Trend& t) {
  const Measure m = c.first().definition.primary.measure;
  std::set<double> ceilings;
  std::set<double> targets;
  for (const CombinedSession& s : c.sessions) {
    if (s.document.ceiling) ceilings.insert(*s.document.ceiling);
    if (ceiling_before_target(s.document)) continue;
    targets.insert(s.document.definition.target);
  }
  for (const double ceiling : ceilings)
    t.levels.push_back(
        {unit(ceiling), c.words("chart.ceiling", {{"value", value_text(m, ceiling)}}), "ceiling"});
  if (targets.size() == 1 && ceilings.empty())
    t.levels.push_back({unit(*targets.begin()),
                        c.words("chart.target", {{"value", value_text(m, *targets.begin())}}), "target"});
}

void range_trend(const Combined& c, const Page& page) {
  const Measure m = c.first().definition.primary.measure;
  const bool angle = info(m).unit == MeasureUnit::radian;
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

void trends(const Combined& c, const Page& page) {
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

std::string reached_text(const SessionDocument& d, const SessionFigures& figures) {
  if (!figures.reached) return {};
  const Measure m = d.definition.primary.measure;
  return value_text(m, figures.reached->value) + " ±\u00a0" + value_text(m, figures.reached->uncertainty);
}

std::string difference_text(const SessionFigures& figures) {
  if (!figures.difference_percent) return {};
  return fixed(figures.difference_percent->value, 0) + "\u00a0% ±\u00a0" +
         fixed(figures.difference_percent->uncertainty, 0);
}

void count_cell(const Combined& c, const SessionDocument& d, Table& table) {
  table.open_cell("number");
  c.html.text(std::to_string(d.summary.repetitions_complete));
  const auto also = [&](int n, const char* key) {
    if (n > 0) c.html.leaf("small", std::to_string(n) + ' ' + c.words(key));
  };
  also(d.summary.repetitions_partial, "outcome.partial");
  also(d.summary.repetitions_open, "outcome.open");
  const auto past = numbers_where(d, [&](const RecordedRepetition& r) { return past_ceiling(d, r); });
  also(static_cast<int>(past.size()), "outcome.past_ceiling");
  c.html.close();
}

void session_table(const Combined& c, const Page& page) {
  const Words& w = c.words;
  open_section(page, "sessions", "combined.table");
  const bool any_day =
      std::any_of(c.sessions.begin(), c.sessions.end(), [](const auto& s) { return !s.day.empty(); });
  std::vector<std::string> columns = {w("table.number"), w("combined.recording")};
  if (any_day) columns.push_back(w("combined.day"));
  for (const char* key : {"combined.complete", "combined.reached", "table.quality", "trend.symmetry_short",
                          "trust.view_heading", "combined.warnings"})
    columns.push_back(w(key));
  Table table{page, std::move(columns)};
  table.begin(
      w("combined.caption", {{"measure", measure_words(page, c.first().definition.primary.measure)}}));
  for (std::size_t i = 0; i < c.sessions.size(); ++i) {
    const CombinedSession& s = c.sessions[i];
    const SessionDocument& d = s.document;
    table.begin_row("session");
    table.head(std::to_string(i + 1));
    table.open_cell("recording");
    if (s.link.empty()) {
      c.html.leaf("bdi", s.name);
    } else {
      c.html.open("a", {{"href", relative_address(s.link)}}).leaf("bdi", s.name).close();
    }
    if (!c.one_exercise()) c.html.leaf("small", d.exercise.name);
    c.html.close();
    if (any_day) table.cell(s.day.empty() ? w("combined.not_known") : s.day);
    count_cell(c, d, table);
    table.cell(reached_text(d, c.figures[i]));
    table.cell(c.figures[i].quality ? fixed(*c.figures[i].quality, 0) : "", "number score");
    table.cell(difference_text(c.figures[i]));
    table.cell(d.view ? w("view." + std::string{name(*d.view)}) : w("combined.not_known"), "view");
    table.cell(std::to_string(d.warnings.size()));
    table.end_row();
  }
  table.end();
  c.html.close();
}

void failures(const Combined& c, const Page& page) {
  if (c.options.failed.empty()) return;
  open_section(page, "failed", "combined.failed");
  c.html.leaf("p", {{"class", "note"}}, c.words("combined.failed_note")).open("ul");
  for (const CombinedFailure& failure : c.options.failed)
    c.html.open("li").leaf("strong", failure.name).text(": " + failure.cause).close();
  c.html.close().close();
}

Simulated simulated_of(const std::vector<CombinedSession>& sessions) {
  const auto is = [](const CombinedSession& s) { return s.document.source.kind == SourceKind::simulated; };
  if (!sessions.empty() && std::all_of(sessions.begin(), sessions.end(), is)) return Simulated::all;
  return std::any_of(sessions.begin(), sessions.end(), is) ? Simulated::some : Simulated::none;
}

// Returns whether they stand in order of their days.
bool sort_sessions(std::vector<CombinedSession>& sessions) {
  const bool by_day = std::all_of(sessions.begin(), sessions.end(), [](const CombinedSession& s) {
    return !s.document.source.recorded_at.empty() && !s.day.empty();
  });
  std::stable_sort(sessions.begin(), sessions.end(), [&](const CombinedSession& a, const CombinedSession& b) {
    const std::string& x = a.document.source.recorded_at;
    const std::string& y = b.document.source.recorded_at;
    return by_day && x != y ? x < y : comes_before(a.name, b.name);
  });
  return by_day;
}

}  // namespace

bool comes_before(std::string_view a, std::string_view b) {
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() && j < b.size()) {
    if (is_digit(a[i]) && is_digit(b[j])) {
      const auto number = [](std::string_view text, std::size_t& at) {
        while (at + 1 < text.size() && text[at] == '0' && is_digit(text[at + 1])) ++at;
        const std::size_t from = at;
        while (at < text.size() && is_digit(text[at])) ++at;
        return text.substr(from, at - from);
      };
      const std::string_view x = number(a, i);
      const std::string_view y = number(b, j);
      if (x.size() != y.size()) return x.size() < y.size();
      if (x != y) return x < y;
      continue;
    }
    if (a[i] != b[j]) return a[i] < b[j];
    ++i;
    ++j;
  }
  return a.size() - i < b.size() - j;
}

std::string relative_address(std::string_view path) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._/";
  std::string out;
  for (const char c : path) {
    if (kPlain.find(c) != std::string_view::npos) {
      out += c;
    } else {
      const auto byte = static_cast<std::uint8_t>(c);
      out += {'%', kDigits[byte >> 4], kDigits[byte & 15u]};
    }
  }
  return out;
}

std::string render_combined_report(std::vector<CombinedSession> sessions, const CombinedOptions& options) {
  const Words words{options.language};
  const Simulated simulated = simulated_of(sessions);
  for (CombinedSession& s : sessions) s.document = only_finite(std::move(s.document));
  Html html;
  Combined c{html, words, sessions, options, {}, {}, sort_sessions(sessions)};
  for (std::size_t i = 0; i < sessions.size(); ++i) {
    c.figures.push_back(figures_of(sessions[i].document));
    c.joined.push_back(i > 0 && comparable(sessions[i - 1].document, sessions[i].document));
  }
  const ReportOptions page_options{options.language, {}};
  const SessionDocument none;
  const Page page{html, words, sessions.empty() ? none : sessions.front().document, page_options};
  begin_page(html, words, words("combined.kicker"), simulated);
  if (!sessions.empty()) {
    heading(c);
    cautions(c, page);
    trends(c, page);
    session_table(c, page);
  }
  failures(c, page);
  open_section(page, "use", "trust.device_heading");
  html.leaf("p", words("trust.device")).close();
  end_page(html, words, simulated);
  return html.take();
}

}  // namespace reprise
