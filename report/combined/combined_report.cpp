// SPDX-License-Identifier: Apache-2.0
#include "report/combined/combined_report.h"

#include <algorithm>

#include "report/combined/combined_page.h"
#include "report/html/format.h"
#include "report/sections/frame.h"
#include "report/sections/table.h"
#include "session/repetition_views.h"
#include "session/sanitize.h"

namespace reprise::report {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

void heading(const Combined& c) {
  const Words& w = c.words;
  c.html.open("header", {{"class", "masthead"}});
  c.html.open("p", {{"class", "kicker"}}).leaf("span", w("combined.kicker")).close();
  c.html.leaf("h1", c.one_exercise() ? c.first().exercise.facts.name : w("combined.exercises"));
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
  std::vector<const session::SessionDocument*> documents;
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

std::string reached_text(const session::SessionDocument& d, const SessionFigures& figures) {
  if (!figures.reached) return {};
  const engine::Measure m = d.exercise.definition.primary.measure;
  return value_text(m, figures.reached->value) + " ±\u00a0" + value_text(m, figures.reached->uncertainty);
}

std::string difference_text(const SessionFigures& figures) {
  if (!figures.difference_percent) return {};
  return fixed(figures.difference_percent->value, 0) + "\u00a0% ±\u00a0" +
         fixed(figures.difference_percent->uncertainty, 0);
}

void count_cell(const Combined& c, const session::SessionDocument& d, Table& table) {
  table.open_cell("number");
  c.html.text(std::to_string(d.exercise.summary.repetitions_complete));
  const auto also = [&](int n, const char* key) {
    if (n > 0) c.html.leaf("small", std::to_string(n) + ' ' + c.words(key));
  };
  also(d.exercise.summary.repetitions_partial, "outcome.partial");
  also(d.exercise.summary.repetitions_open, "outcome.open");
  const auto past =
      numbers_where(d, [&](const session::RecordedRepetition& r) { return past_ceiling(d, r); });
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
  Table table{page.html, page.words, std::move(columns)};
  table.begin(w("combined.caption",
                {{"measure", measure_words(page, c.first().exercise.definition.primary.measure)}}));
  for (std::size_t i = 0; i < c.sessions.size(); ++i) {
    const CombinedSession& s = c.sessions[i];
    const session::SessionDocument& d = s.document;
    table.begin_row("session");
    table.head(std::to_string(i + 1));
    table.open_cell("recording");
    if (s.link.empty()) {
      c.html.leaf("bdi", s.name);
    } else {
      c.html.open("a", {{"href", relative_address(s.link)}}).leaf("bdi", s.name).close();
    }
    if (!c.one_exercise()) c.html.leaf("small", d.exercise.facts.name);
    c.html.close();
    if (any_day) table.cell(s.day.empty() ? w("combined.not_known") : s.day);
    count_cell(c, d, table);
    table.cell(reached_text(d, c.figures[i]));
    table.cell(c.figures[i].quality ? fixed(*c.figures[i].quality, 0) : "", "number score");
    table.cell(difference_text(c.figures[i]));
    const bool changes = session::seen_repetitions(d.exercise).size() > 1;
    table.cell(d.exercise.view ? w("view." + std::string{engine::name(*d.exercise.view)})
                               : w(changes ? "view.changing" : "combined.not_known"),
               "view");
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
  const auto is = [](const CombinedSession& s) {
    return s.document.source.kind == session::SourceKind::simulated;
  };
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
  for (CombinedSession& s : sessions) s.document = session::sanitize(std::move(s.document));
  Html html;
  Combined c{html, words, sessions, options, {}, {}, sort_sessions(sessions)};
  for (std::size_t i = 0; i < sessions.size(); ++i) {
    c.figures.push_back(figures_of(sessions[i].document));
    c.joined.push_back(i > 0 && comparable(sessions[i - 1].document, sessions[i].document));
  }
  const ReportOptions page_options{options.language, {}};
  const session::SessionDocument none;
  const Page page{html, words, sessions.empty() ? none : sessions.front().document, page_options};
  begin_page(html, words, words("combined.kicker"), simulated);
  if (!sessions.empty()) {
    heading(c);
    cautions(c, page);
    combined_trends(c, page);
    session_table(c, page);
  }
  failures(c, page);
  open_section(page, "use", "trust.device_heading");
  html.leaf("p", words("trust.device")).close();
  end_page(html, words, simulated);
  return html.take();
}

}  // namespace reprise::report
