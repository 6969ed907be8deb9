// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>

#include "report/assessments/work_load_page.h"
#include "report/charts/chart.h"
#include "report/charts/figure_drawing.h"
#include "report/html/format.h"
#include "report/sections/page.h"
#include "report/sections/table.h"

namespace reprise::report {
namespace {

std::string method_key(const WorkLoadPage& page) {
  return "load." + std::string{engine::name(page.document.method)};
}

std::string level_meaning(const WorkLoadPage& page, int level) {
  return page.words("load.level_n",
                    {{"n", std::to_string(level)},
                     {"meaning", page.words(method_key(page) + '.' + std::to_string(level))}});
}

std::string whole_degrees(double rad) {
  return fixed(to_degrees(Radians{rad}).value(), 0);
}

std::string answer_words(const WorkLoadPage& page, engine::WorkQuestion question) {
  const auto value = engine::answer(page.document.answers, question);
  if (!value) return {};
  if (const bool* yes = std::get_if<bool>(&*value)) return page.words(*yes ? "load.yes" : "load.no");
  if (const double* kilograms = std::get_if<double>(&*value)) {
    const bool whole = *kilograms == std::round(*kilograms);
    return page.words("load.kg", {{"n", fixed(*kilograms, whole ? 0 : 1)}});
  }
  std::string choice{std::get<std::string_view>(*value)};
  std::replace(choice.begin(), choice.end(), '_', ' ');
  return page.words("load.choice", {{"choice", choice}});
}

void work_tile(const WorkLoadPage& page, const char* label, const std::string& text,
               const std::string& note = {}) {
  page.html.open("div").leaf("dt", page.words(label)).open("dd");
  page.html.open("strong", {{"class", "short"}});
  value_or_not_measured(page.html, page.words, text);
  page.html.close();
  if (!note.empty()) page.html.leaf("span", note);
  page.html.close().close();
}

constexpr double kBandWidth = 1000;
constexpr double kBandHeight = 100;

// One row of zones over time: the lowest or the highest level of each moment.
using LevelOf = int (*)(const engine::MomentScore& score);

void zone_row(const WorkLoadPage& page, const char* name_key, LevelOf level_of) {
  const session::WorkLoadDocument& d = page.document;
  const double until_s = std::max(1e-6, d.load.spans.back().to.value());
  std::string levels;
  for (const engine::LevelShare& share : d.load.shares) {
    const bool there = std::any_of(d.load.spans.begin(), d.load.spans.end(),
                                   [&](const auto& span) { return level_of(span.score) == share.level; });
    if (there) levels += (levels.empty() ? "" : ", ") + std::to_string(share.level);
  }
  page.html.leaf("span", {{"class", "day"}}, page.words(name_key));
  page.html.open("svg", {{"viewBox", "0 0 1000 100"},
                         {"preserveAspectRatio", "none"},
                         {"role", "img"},
                         {"aria-label", page.words("load.row_description",
                                                   {{"row", page.words(name_key)}, {"levels", levels}})}});
  // Neighbors of one level are one rectangle, so that an hour of frames stays a small page.
  for (std::size_t i = 0; i < d.load.spans.size();) {
    const int level = level_of(d.load.spans[i].score);
    std::size_t last = i;
    while (last + 1 < d.load.spans.size() && level_of(d.load.spans[last + 1].score) == level &&
           d.load.spans[last + 1].from - d.load.spans[last].to < Seconds{1e-3})
      ++last;
    const double x = kBandWidth * d.load.spans[i].from.value() / until_s;
    const double x_end = kBandWidth * d.load.spans[last].to.value() / until_s;
    page.html.empty("rect", {{"class", "zone-" + std::to_string(level)},
                             {"x", coordinate(x, 2)},
                             {"y", "0"},
                             {"width", coordinate(x_end - x, 2)},
                             {"height", coordinate(kBandHeight, 0)}});
    i = last + 1;
  }
  page.html.close();
}

void share_bar(const WorkLoadPage& page, const engine::LevelShare& share) {
  page.html.open("svg", {{"class", "bar share"},
                         {"viewBox", "0 0 1000 100"},
                         {"preserveAspectRatio", "none"},
                         {"role", "img"},
                         {"aria-label",
                          page.words("load.share_bar", {{"surely", percent_text(share.all.surely)},
                                                        {"possibly", percent_text(share.all.possibly)}})}});
  const auto bar = [&](const char* style, double width) {
    page.html.empty("rect", {{"class", style},
                             {"x", "0"},
                             {"y", "0"},
                             {"width", coordinate(kBandWidth * width, 1)},
                             {"height", coordinate(kBandHeight, 0)}});
  };
  bar("slot", 1);
  bar("possibly", share.all.possibly);
  bar("measured", share.measured.possibly);
  bar("surely", share.measured.surely);
  page.html.close();
}

std::string share_words(const WorkLoadPage& page, const engine::ShareRange& share) {
  const std::string surely = percent_text(share.surely);
  const std::string possibly = percent_text(share.possibly);
  return surely == possibly ? surely : page.words("load.to", {{"least", surely}, {"most", possibly}});
}

// "4, with its range 3 to 7".
std::string ranged_words(const WorkLoadPage& page, const engine::ScoreRange& measured,
                         const engine::ScoreRange& all) {
  return page.words("load.with_range",
                    {{"measured", score_words(page, measured)}, {"range", score_words(page, all)}});
}

void part_row(const WorkLoadPage& page, Table& table, const engine::PartScore& part) {
  table.begin_row("counted");
  table.head(std::string{engine::info(part.part).label});
  table.cell(score_words(page, part.scores.range()));
  table.open_cell("text");
  const bool steps = !part.measured.empty() || !part.answered.empty();
  if (steps) page.html.open("ul");
  for (const engine::MeasuredPoints& step : part.measured) {
    const std::string what{step.what};
    page.html.leaf("li", step.angle
                             ? page.words("load.angle", {{"angle", what},
                                                         {"least", whole_degrees(step.angle->least_rad)},
                                                         {"most", whole_degrees(step.angle->most_rad)}})
                             : page.words("load.not_seen", {{"angle", what}}));
  }
  for (const engine::AnsweredPoints& step : part.answered) {
    const std::string question{engine::question_text(page.document.method, step.question)};
    const std::string said = answer_words(page, step.question);
    page.html.leaf("li", said.empty()
                             ? page.words("load.open", {{"question", question}})
                             : page.words("load.answered", {{"question", question}, {"answer", said}}));
  }
  if (steps) page.html.close();
  page.html.close();
  table.end_row();
}

void work_figures(const WorkLoadPage& page, const session::WorkMoment& moment) {
  const bool turn = page.document.view && *page.document.view != engine::View::side;
  page.html.open("div", {{"class", "figures two"}}).open("div", {{"class", "drawings"}});
  for (const Looking looking : {Looking::as_filmed, Looking::turned}) {
    if (looking == Looking::turned && !turn) continue;
    FigureOptions o;
    o.looking = looking;
    o.frame = room_for(moment.figure, looking);
    o.description = page.words(looking == Looking::turned ? "load.figure_turned" : "load.figure",
                               {{"time", moment_text(moment.time)}});
    draw_figure(page.html, moment.figure, o);
  }
  page.html.close().close();
}

void one_moment(const WorkLoadPage& page, const session::WorkMoment& moment) {
  page.html.open("div", {{"class", "moment"}});
  work_figures(page, moment);
  page.html.open("div");
  std::string heading = page.words(
      "load.moment", {{"time", moment_text(moment.time)},
                      {"score", ranged_words(page, moment.measured.score, moment.score.scores.range())}});
  if (moment.score.side)
    heading += ", " + page.words(*moment.score.side == engine::Side::left ? "side.left" : "side.right");
  page.html.leaf("h3", heading);
  Table table{page.html,
              page.words,
              {page.words("load.part"), page.words("load.points"), page.words("load.made_of")}};
  table.begin(page.words("load.moment_level",
                         {{"level", ranged_words(page, moment.measured.level, moment.score.level)}}));
  for (const engine::PartScore& part : moment.score.parts) part_row(page, table, part);
  table.end();
  page.html.close().close();
}

}  // namespace

std::string method_words(const WorkLoadPage& page) {
  return page.words(method_key(page));
}

std::string score_words(const WorkLoadPage& page, const engine::ScoreRange& range) {
  if (range.least == range.most) return std::to_string(range.least);
  return page.words("load.to",
                    {{"least", std::to_string(range.least)}, {"most", std::to_string(range.most)}});
}

void work_masthead(const WorkLoadPage& page) {
  const session::WorkLoadDocument& d = page.document;
  page.html.open("header", {{"class", "masthead"}});
  page.html.open("p", {{"class", "kicker"}}).leaf("span", page.words("load.kicker"));
  if (!page.options.date.empty()) page.html.leaf("span", page.options.date);
  page.html.close();
  page.html.leaf("h1", method_words(page));
  const bool one_side = d.side.has_value();
  const std::string side =
      one_side ? page.words(*d.side == engine::Side::left ? "side.left" : "side.right") : "";
  page.html.leaf("p", {{"class", "side"}},
                 d.method == engine::WorkMethod::owas ? page.words("load.whole")
                 : one_side                           ? page.words("load.side", {{"side", side}})
                                                      : page.words("load.worse_side"));
  page.html.open("p", {{"class", "facts"}});
  if (!d.source.name.empty()) page.html.leaf("bdi", d.source.name).text(" · ");
  page.html.text(page.words("head.duration", {{"duration", moment_text(d.source.duration)}}));
  if (d.view)
    page.html.text(" · " + page.words("head.view",
                                      {{"view", page.words("view." + std::string{engine::name(*d.view)})}}));
  page.html.close().close();
}

void work_summary(const WorkLoadPage& page) {
  const session::WorkLoadDocument& d = page.document;
  const auto open = engine::unanswered(d.method, d.answers);
  open_section(page.html, page.words, "summary", "summary.heading");
  std::string worst;
  std::string when;
  if (!d.worst.empty()) {
    const session::WorkMoment& moment = d.worst.front();
    worst = score_words(page, moment.measured.score);
    when = page.words("load.at", {{"range", score_words(page, moment.score.scores.range())},
                                  {"time", moment_text(moment.time)}});
    page.html.leaf("p", {{"class", "lead"}},
                   page.words("load.lead", {{"score", worst},
                                            {"range", score_words(page, moment.score.scores.range())},
                                            {"most", std::to_string(engine::method_scores(d.method).most)}}) +
                       ' ' +
                       (open.empty() ? page.words("load.lead_answered")
                                     : page.words.count("load.lead_open", static_cast<int>(open.size()))));
  }
  page.html.open("dl", {{"class", "tiles"}});
  work_tile(page, "load.tile_worst", worst, when);
  work_tile(page, "load.tile_scored", moment_text(d.load.scored));
  work_tile(page, "load.tile_not_seen", moment_text(d.load.not_seen));
  work_tile(page, "load.tile_not_filmed", moment_text(d.load.not_filmed));
  work_tile(page, "load.tile_open", std::to_string(open.size()));
  page.html.close().close();
}

void work_warnings(const WorkLoadPage& page) {
  if (page.document.warnings.empty()) return;
  open_section(page.html, page.words, "warnings", "warnings.heading");
  warning_list(page.html, page.document.warnings);
  page.html.close();
}

void work_over_time(const WorkLoadPage& page) {
  const session::WorkLoadDocument& d = page.document;
  if (d.load.spans.empty()) return;
  open_section(page.html, page.words, "time", "load.time_heading");
  page.html.leaf("p", {{"class", "note"}}, page.words("load.time_note"));
  page.html.open("figure", {{"class", "hours"}}).open("div", {{"class", "rows"}});
  zone_row(page, "load.row_most", [](const engine::MomentScore& s) { return s.all.level.most; });
  zone_row(page, "load.row_measured", [](const engine::MomentScore& s) { return s.measured.level.most; });
  zone_row(page, "load.row_least", [](const engine::MomentScore& s) { return s.all.level.least; });
  page.html.close().open("div", {{"class", "x-axis"}, {"aria-hidden", "true"}});
  const double until_s = d.load.spans.back().to.value();
  for (const double mark : axis_marks(0, until_s, 6, false)) {
    if (until_s <= 0 || mark > until_s) continue;
    page.html.leaf("span", {{"style", "left:" + coordinate(100 * mark / until_s, 2) + '%'}},
                   moment_text(Seconds{mark}));
  }
  page.html.close().open("ul", {{"class", "legend"}});
  for (const engine::LevelShare& share : d.load.shares) {
    page.html.open("li").open("svg", {{"class", "sample"}, {"width", "14"}, {"height", "12"}});
    page.html.empty("rect",
                    {{"class", "zone-" + std::to_string(share.level)}, {"width", "14"}, {"height", "12"}});
    page.html.close().text(level_meaning(page, share.level)).close();
  }
  page.html.close().close().close();
}

void work_shares(const WorkLoadPage& page) {
  open_section(page.html, page.words, "shares", "load.shares_heading");
  Table table{page.html,
              page.words,
              {page.words("load.level"), page.words("load.share_measured"), page.words("load.share_all"),
               page.words("load.share_column")}};
  table.begin(page.words("load.shares_note"));
  for (const engine::LevelShare& share : page.document.load.shares) {
    table.begin_row("counted");
    table.head(level_meaning(page, share.level));
    table.cell(share_words(page, share.measured));
    table.cell(share_words(page, share.all));
    table.open_cell("bar-cell");
    share_bar(page, share);
    page.html.close();
    table.end_row();
  }
  table.end();
  page.html.close();
}

void work_worst_moments(const WorkLoadPage& page) {
  if (page.document.worst.empty()) return;
  open_section(page.html, page.words, "worst", "load.worst_heading");
  page.html.leaf("p", {{"class", "note"}}, page.words("load.worst_note"));
  for (const session::WorkMoment& moment : page.document.worst) one_moment(page, moment);
  page.html.close();
}

void work_questions(const WorkLoadPage& page) {
  open_section(page.html, page.words, "asked", "load.asked_heading");
  Table table{page.html, page.words, {page.words("load.question"), page.words("load.answer")}};
  table.begin(page.words("load.asked_note") +
              (page.document.side || page.document.method == engine::WorkMethod::owas
                   ? ""
                   : ' ' + page.words("load.asked_arms")));
  for (std::size_t i = 0; i < engine::kWorkQuestionCount; ++i) {
    const engine::WorkQuestion question = engine::work_question_at(i);
    if (!engine::counts(page.document.method, question, page.document.answers.stance)) continue;
    table.begin_row("counted");
    table.head(std::string{engine::question_text(page.document.method, question)});
    table.open_cell("text");
    const std::string said = answer_words(page, question);
    if (said.empty()) {
      page.html.leaf("span", {{"class", "none"}}, page.words("load.not_answered"));
    } else {
      page.html.text(said);
    }
    page.html.close();
    table.end_row();
  }
  table.end();
  page.html.close();
}

void work_trust(const WorkLoadPage& page) {
  const session::WorkLoadDocument& d = page.document;
  open_section(page.html, page.words, "trust", "trust.heading");
  page.html.open("dl", {{"class", "explained"}});
  explained(page.html, page.words, "load.trust_heading",
            page.words("load.trust_" + std::string{engine::name(d.method)}));
  explained(page.html, page.words, "trust.uncertainty_heading", page.words("trust.uncertainty"));
  explained(page.html, page.words, "load.limits_heading",
            page.words("load.limits_" + std::string{engine::name(d.method)}));
  std::string missing;
  for (const std::string& what : d.not_measured) missing += (missing.empty() ? "" : "; ") + what;
  explained(page.html, page.words, "trust.not_measured_heading", missing);
  explained(page.html, page.words, "load.not_for_heading", page.words("load.not_for"));
  explained(page.html, page.words, "trust.device_heading", page.words("trust.device"));
  page.html.close().close();
}

void work_provenance(const WorkLoadPage& page) {
  const session::WorkLoadDocument& d = page.document;
  open_section(page.html, page.words, "provenance", "provenance.heading");
  page.html.open("dl", {{"class", "provenance"}});
  static constexpr std::array<const char*, 4> kSources = {"source.video", "source.landmarks",
                                                          "source.simulated", "source.sensors"};
  origin(page.html, page.words, "provenance.source",
         page.words(kSources[static_cast<std::size_t>(d.source.kind)]) + ": " + d.source.name);
  origin(page.html, page.words, "provenance.file_hash", d.source.sha256, "fact hash");
  origin(page.html, page.words, "provenance.recorded", d.source.recorded_at);
  origin(page.html, page.words, "provenance.options", d.source.options);
  for (const session::ModelUsed& model : d.models)
    origin(page.html, page.words, "provenance.models", model.name);
  origin(page.html, page.words, "provenance.engine", "Reprise " + d.engine_version);
  page.html.close().close();
}

}  // namespace reprise::report
