// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "report/charts/comparison.h"
#include "report/html/format.h"
#include "report/sections/page.h"

namespace reprise::report {
namespace {

// One key figure: what it is, the number, and what belongs to it.
void tile(const Page& page, const std::string& label, const std::string& value,
          const std::vector<std::string>& notes) {
  page.html.open("div").leaf("dt", label).open("dd");
  page.html.open("strong", {{"class", value.size() > 14 ? "long" : "short"}});
  value_or_not_measured(page.html, page.words, value);
  page.html.close();
  for (const std::string& note : notes) {
    if (!note.empty()) page.html.leaf("span", note);
  }
  page.html.close().close();
}

void count_tile(const Page& page) {
  const session::Summary& s = page.document.exercise.summary;
  const Words& w = page.words;
  std::vector<std::string> notes;
  if (s.repetitions_partial > 0)
    notes.push_back(w.count(is_hold(page) ? "summary.short" : "summary.partial", s.repetitions_partial));
  if (s.repetitions_open > 0) notes.push_back(w.count("summary.open", s.repetitions_open));
  if (s.other_movements > 0) notes.push_back(w.count("summary.other", s.other_movements));
  tile(page, w(is_hold(page) ? "summary.holds" : "summary.repetitions"),
       std::to_string(s.repetitions_complete), notes);
}

// With a ceiling, no range is the best one: the tile shows whether the ceiling was kept.
void ceiling_tile(const Page& page) {
  const session::SessionDocument& d = page.document;
  const auto past =
      numbers_where(d, [&](const session::RecordedRepetition& r) { return past_ceiling(d, r); });
  const bool any = std::any_of(d.exercise.repetitions.begin(), d.exercise.repetitions.end(),
                               [](const auto& r) { return r.range.has_value(); });
  std::string kept = page.words("not_measured");
  if (any) {
    kept = past.empty() ? page.words("summary.ceiling_kept")
                        : page.words("summary.ceiling_passed",
                                     {{"n", std::to_string(past.size())},
                                      {"of", std::to_string(d.exercise.repetitions.size())}});
  }
  tile(page, page.words("summary.ceiling"),
       value_text(d.exercise.definition.primary.measure, *d.exercise.ceiling),
       {measure_words(page, d.exercise.definition.primary.measure), kept});
}

void range_tile(const Page& page) {
  const session::SessionDocument& d = page.document;
  if (d.exercise.ceiling) return ceiling_tile(page);
  const std::string label = page.words("summary.range");
  const engine::Measure m = d.exercise.definition.primary.measure;
  std::string measure = measure_words(page, m);
  if (!engine::is_angle(m)) measure += ", " + unit_words(page, m);
  const auto& best = d.exercise.summary.best_range;
  if (!best) return tile(page, label, "", {measure});
  std::vector<std::string> notes = {measure + ", " + uncertainty_text(*best)};
  const auto which = numbers_where(d, [&](const session::RecordedRepetition& r) {
    return r.outcome == engine::Outcome::complete && r.range && r.range->min == best->min &&
           r.range->max == best->max;
  });
  if (!which.empty())
    notes.push_back(page.words(is_hold(page) ? "summary.hold_number" : "summary.repetition_number",
                               {{"number", which.front()}}));
  notes.push_back(
      page.words("summary.target", {{"value", value_text(best->measure, d.exercise.definition.target)}}));
  tile(page, label, range_text(*best), notes);
}

struct MeanTempo {
  session::TempoMeasured tempo;
  int count = 0;
};

MeanTempo mean_tempo(const session::SessionDocument& d) {
  MeanTempo mean;
  for (const session::RecordedRepetition& r : d.exercise.repetitions) {
    if (r.outcome != engine::Outcome::complete || !(r.tempo.out + r.tempo.hold + r.tempo.back > Seconds{0}))
      continue;
    mean.tempo.out += r.tempo.out;
    mean.tempo.hold += r.tempo.hold;
    mean.tempo.back += r.tempo.back;
    ++mean.count;
  }
  if (mean.count == 0) return mean;
  for (Seconds* part : {&mean.tempo.out, &mean.tempo.hold, &mean.tempo.back}) *part = *part / mean.count;
  return mean;
}

void tempo_tile(const Page& page) {
  const session::SessionDocument& d = page.document;
  const Words& w = page.words;
  const engine::Tempo& wanted = d.exercise.definition.tempo;
  if (is_hold(page)) {
    Seconds longest{0};
    for (const session::RecordedRepetition& r : d.exercise.repetitions)
      longest = std::max(longest, r.tempo.hold);
    const std::string aim =
        wanted.hold ? w("summary.hold_wanted", {{"value", seconds_text(*wanted.hold)}}) : "";
    return tile(page, w("summary.longest_hold"), longest > Seconds{0} ? seconds_text(longest) : "", {aim});
  }
  const MeanTempo mean = mean_tempo(d);
  if (mean.count == 0) return tile(page, w("summary.tempo"), "", {});
  const std::string dot = "\u2009·\u2009";
  const std::string value = fixed(mean.tempo.out.value(), 1) + dot + fixed(mean.tempo.hold.value(), 1) + dot +
                            fixed(mean.tempo.back.value(), 1) + "\u00a0s";
  std::string aim;
  if (wanted.out || wanted.hold || wanted.back) {
    const auto part = [](const std::optional<Seconds>& s) {
      return s ? fixed(s->value(), 1) : std::string{"–"};
    };
    aim = w("summary.tempo_wanted",
            {{"value", part(wanted.out) + dot + part(wanted.hold) + dot + part(wanted.back)}});
  }
  tile(page, w("summary.tempo"), value, {w("summary.tempo_parts"), aim});
}

void quality_tile(const Page& page) {
  const session::SessionDocument& d = page.document;
  const auto& mean = d.exercise.summary.mean_quality;
  if (!mean) return tile(page, page.words("summary.quality"), "", {});
  // The means of the parts, in the definition's order; a part counts where it was measured.
  std::string parts;
  std::vector<std::string> unmeasured;
  for (const engine::QualityPart::Of of :
       {engine::QualityPart::Of::range, engine::QualityPart::Of::tempo, engine::QualityPart::Of::smoothness,
        engine::QualityPart::Of::form}) {
    double sum = 0;
    double possible = 0;
    int count = 0;
    for (const session::RecordedRepetition& r : d.exercise.repetitions) {
      for (const engine::QualityPart& part : r.quality.parts) {
        if (r.outcome != engine::Outcome::complete || part.of != of) continue;
        possible = part.possible;
        if (!part.points) continue;
        sum += *part.points;
        ++count;
      }
    }
    if (!(possible > 0)) continue;
    const std::string name = page.words("part." + std::string{reprise::engine::name(of)});
    if (count == 0) {
      unmeasured.push_back(name);
    } else {
      parts += (parts.empty() ? "" : ", ") + name + ' ' + fixed(sum / count, 0) + "/" + fixed(possible, 0);
    }
  }
  const std::string without =
      unmeasured.empty() ? "" : page.words("summary.without", {{"parts", listed(page, unmeasured)}});
  tile(page, page.words("summary.quality"), fixed(*mean, 0) + "\u2009/\u2009100", {parts, without});
}

void symmetry_tile(const Page& page) {
  const session::SessionDocument& d = page.document;
  if (!engine::info(d.exercise.definition.primary.measure).sided) return;
  const Words& w = page.words;
  if (d.exercise.summary.symmetry.empty()) {
    return tile(page, w("summary.symmetry"), "",
                {w(d.exercise.prescribed_side ? "summary.one_side_done" : "summary.one_side_seen")});
  }
  const session::SymmetryRow& row = d.exercise.summary.symmetry.front();
  const std::string value = w("side.left_short") + ' ' + value_text(row.measure, row.left) + "\u2002" +
                            w("side.right_short") + ' ' + value_text(row.measure, row.right);
  const double percent = std::abs(row.difference_percent);
  const std::string which =
      percent < 0.5 ? w("summary.symmetry_equal")
                    : w(row.difference_percent > 0 ? "summary.left_larger" : "summary.right_larger",
                        {{"percent", fixed(percent, 0)}});
  const bool within = std::abs(row.left - row.right) < side_uncertainty(d, row.measure);
  tile(page, w("summary.symmetry"), value,
       {which, within && percent >= 0.5 ? w("summary.symmetry_within") : ""});
}

void lead(const Page& page) {
  const session::SessionDocument& d = page.document;
  const session::Summary& s = d.exercise.summary;
  const Words& w = page.words;
  std::string text = w.count(is_hold(page) ? "lead.holds" : "lead.repetitions", s.repetitions_complete);
  const int uncounted = s.repetitions_partial + s.repetitions_open;
  if (uncounted > 0) text += ' ' + w.count("lead.not_counted", uncounted);
  page.html.leaf("p", {{"class", "lead"}}, text);
}

// Summarizes the form, in one line for each rule.
void form_lines(const Page& page) {
  const session::SessionDocument& d = page.document;
  const Words& w = page.words;
  const auto judged =
      numbers_where(d, [](const session::RecordedRepetition& r) { return r.range.has_value(); });
  const auto past =
      numbers_where(d, [&](const session::RecordedRepetition& r) { return past_ceiling(d, r); });
  if (judged.empty()) return;
  std::vector<std::string> seen;
  std::vector<std::string> clean;
  std::vector<std::string> hidden;
  for (const engine::FormRule& rule : d.exercise.definition.form) {
    if (!judged_from_here(d, rule)) {
      hidden.push_back(rule_words(page, rule.id));
      continue;
    }
    const auto numbers = numbers_where(d, [&](const session::RecordedRepetition& r) {
      return std::any_of(r.faults.begin(), r.faults.end(),
                         [&](const engine::Fault& f) { return f.rule == rule.id; });
    });
    if (numbers.empty()) {
      clean.push_back(rule_words(page, rule.id));
    } else {
      seen.push_back(w("form.seen", {{"rule", rule_words(page, rule.id)},
                                     {"numbers", listed(page, numbers)},
                                     {"n", std::to_string(numbers.size())},
                                     {"of", std::to_string(judged.size())}}));
    }
  }
  page.html.open("ul", {{"class", "form-lines"}});
  if (!past.empty()) {
    page.html.leaf("li", {{"class", "seen past"}},
                   w("form.past_ceiling",
                     {{"value", value_text(d.exercise.definition.primary.measure, *d.exercise.ceiling)},
                      {"numbers", listed(page, past)}}));
  }
  for (const std::string& line : seen) page.html.leaf("li", {{"class", "seen"}}, line);
  if (!clean.empty()) page.html.leaf("li", w("form.clean", {{"rules", listed(page, clean)}}));
  if (!hidden.empty())
    page.html.leaf("li", {{"class", "muted"}}, w("form.hidden", {{"rules", listed(page, hidden)}}));
  page.html.close();
}

// The lowest and highest value of the main measure over the whole recording.
std::optional<session::MeasuredRange> whole_range(const session::SessionDocument& d) {
  std::optional<session::MeasuredRange> range;
  for (const session::MeasureSeries& series : d.exercise.series) {
    if (series.measure != d.exercise.definition.primary.measure) continue;
    for (const auto& value : series.values) {
      if (!value) continue;
      if (!range) range = session::MeasuredRange{series.measure, std::nullopt, *value, *value, 0, 0};
      range->min = std::min(range->min, *value);
      range->max = std::max(range->max, *value);
    }
  }
  return range;
}

void nothing_counted(const Page& page) {
  const session::SessionDocument& d = page.document;
  const Words& w = page.words;
  const engine::Measure m = d.exercise.definition.primary.measure;
  page.html.leaf(
      "p", {{"class", "lead"}},
      w(is_hold(page) ? "empty.no_hold" : "empty.no_repetition", {{"exercise", d.exercise.facts.name}}));
  page.html.leaf("h3", w("empty.seen")).open("ul");
  const auto range = whole_range(d);
  if (d.exercise.frames.total == 0) {
    page.html.leaf("li", w("empty.no_frames"));
  } else if (d.exercise.frames.with_person == 0) {
    page.html.leaf("li", w("empty.no_person", {{"frames", std::to_string(d.exercise.frames.total)}}));
  } else if (!range) {
    page.html.leaf("li", w("empty.no_values", {{"measure", measure_words(page, m)}}));
  } else {
    page.html.leaf("li",
                   w("empty.range", {{"measure", measure_words(page, m)}, {"range", range_text(*range)}}));
    page.html.leaf("li", w("empty.needed", {{"excursion", value_text(m, d.exercise.definition.min_excursion)},
                                            {"rest", value_text(m, d.exercise.definition.rest)},
                                            {"target", value_text(m, d.exercise.definition.target)}}));
  }
  if (d.exercise.summary.other_movements > 0)
    page.html.leaf("li", w.count("summary.other", d.exercise.summary.other_movements));
  page.html.close();
  page.html.leaf("h3", w("empty.change")).open("ul");
  bool any = false;
  for (const session::Warning& warning : d.warnings) {
    if (warning.remedy.empty()) continue;
    page.html.leaf("li", warning.remedy);
    any = true;
  }
  if (!any) page.html.leaf("li", w("empty.generic"));
  page.html.close();
}

}  // namespace

void summary_section(const Page& page) {
  open_section(page, "summary", "summary.heading");
  if (page.document.exercise.repetitions.empty()) {
    nothing_counted(page);
    page.html.close();
    return;
  }
  lead(page);
  page.html.open("dl", {{"class", "tiles"}});
  count_tile(page);
  range_tile(page);
  tempo_tile(page);
  quality_tile(page);
  symmetry_tile(page);
  page.html.close();
  form_lines(page);
  page.html.close();
}

void warning_list(Html& html, const std::vector<session::Warning>& warnings) {
  html.open("ul", {{"class", "warnings"}});
  for (const session::Warning& warning : warnings) {
    html.open("li").leaf("strong", warning.text);
    if (!warning.remedy.empty()) html.text(" ").leaf("span", warning.remedy);
    html.close();
  }
  html.close();
}

void warnings_section(const Page& page) {
  if (page.document.warnings.empty()) return;
  open_section(page, "warnings", "warnings.heading");
  warning_list(page.html, page.document.warnings);
  page.html.close();
}

}  // namespace reprise::report
