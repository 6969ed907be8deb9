// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "report/charts/figure_drawing.h"
#include "report/html/format.h"
#include "report/sections/page.h"

namespace reprise::report {
namespace {

constexpr std::size_t kMostFigures = 24;

// All repetitions with a figure; of very many, evenly chosen ones from first to last.
std::vector<std::size_t> chosen(const session::SessionDocument& d) {
  std::vector<std::size_t> with;
  for (std::size_t i = 0; i < d.exercise.repetitions.size(); ++i) {
    if (d.exercise.repetitions[i].figure) with.push_back(i);
  }
  if (with.size() <= kMostFigures) return with;
  std::vector<std::size_t> out;
  for (std::size_t k = 0; k < kMostFigures; ++k)
    out.push_back(with[k * (with.size() - 1) / (kMostFigures - 1)]);
  return out;
}

// A camera that looks along the movement does not show it: then the figure is also drawn turned to its side.
bool wants_turned(const session::SessionDocument& d) {
  return d.exercise.view && *d.exercise.view != engine::View::side &&
         engine::info(d.exercise.definition.primary.measure).plane == engine::Plane::sagittal;
}

FigureFrame room(const session::SessionDocument& d, const std::vector<std::size_t>& which, Looking looking) {
  FigureFrame frame = room_for(*d.exercise.repetitions[which.front()].figure, looking);
  for (const std::size_t i : which)
    frame = joined(frame, room_for(*d.exercise.repetitions[i].figure, looking));
  return frame;
}

void one_figure(const Page& page, std::size_t i, const FigureFrame& filmed, const FigureFrame* turned) {
  const session::SessionDocument& d = page.document;
  const Words& w = page.words;
  const session::RecordedRepetition& r = d.exercise.repetitions[i];
  FigureOptions o;
  o.frame = filmed;
  o.measure = d.exercise.definition.primary.measure;
  o.side = engine::swap_named_and_working(d.exercise.definition, r.side);
  if (r.range) o.label = value_text(o.measure, extreme_of(*r.range, d.exercise.definition));
  const std::string number = std::to_string(i + 1);
  const std::string value = or_not_measured(page, o.label);
  o.description = w("figures.description",
                    {{"number", number}, {"measure", measure_words(page, o.measure)}, {"value", value}});
  const std::string label = o.label;
  if (turned != nullptr) o.label.clear();  // seen end on, an angle would be drawn wrong
  page.html.open("figure").open("div", {{"class", "drawings"}});
  draw_figure(page.html, *r.figure, o);
  if (turned != nullptr) {
    o.label = label;
    o.frame = *turned;
    o.looking = Looking::turned;
    o.description = w("figures.turned_description", {{"number", number}});
    draw_figure(page.html, *r.figure, o);
  }
  page.html.close();
  page.html.open("figcaption").leaf("strong", number).text(" ");
  std::string caption = value;
  if (r.outcome != engine::Outcome::complete) caption += ", " + outcome_words(page, r.outcome);
  const std::string side = side_words(page, r.side, false);
  if (!side.empty()) caption += ", " + side;
  page.html.text(caption + ", " + moment_text(r.figure->time));
  page.html.close().close();
}

}  // namespace

void figures_section(const Page& page) {
  const session::SessionDocument& d = page.document;
  const auto which = chosen(d);
  if (which.empty()) return;
  const bool turn = wants_turned(d);
  const FigureFrame filmed = room(d, which, Looking::as_filmed);
  const FigureFrame turned = room(d, which, Looking::turned);
  open_section(page, "figures", is_hold(page) ? "figures.heading_hold" : "figures.heading");
  std::string note = page.words("figures.note");
  const bool any_mark = std::any_of(
      which.begin(), which.end(), [&](std::size_t i) { return d.exercise.repetitions[i].range.has_value(); });
  const bool angle = engine::is_angle(d.exercise.definition.primary.measure);
  if (any_mark) note += ' ' + page.words(angle ? "figures.note_angle" : "figures.note_ratio");
  if (turn) note += ' ' + page.words("figures.note_turned");
  if (which.size() < d.exercise.repetitions.size() && which.size() == kMostFigures) {
    note += ' ' + page.words("figures.note_chosen", {{"n", std::to_string(which.size())},
                                                     {"of", std::to_string(d.exercise.repetitions.size())}});
  }
  page.html.leaf("p", {{"class", "note"}}, note);
  page.html.open("div", {{"class", turn ? "figures two" : "figures"}});
  for (const std::size_t i : which) one_figure(page, i, filmed, turn ? &turned : nullptr);
  page.html.close().close();
}

}  // namespace reprise::report
