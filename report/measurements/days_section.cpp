// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "base/time.h"
#include "engine/gait/walking_days.h"
#include "report/charts/day_charts.h"
#include "report/html/format.h"
#include "report/measurements/measurement_page.h"
#include "report/sections/page.h"
#include "report/sections/table.h"
#include "session/measurements/daily_walking.h"

namespace reprise::report {
namespace {

using session::EventTable;
using session::MeasuredEvent;
using session::SignalMeasure;
using enum session::SignalMeasure;

const EventTable* table_named(const session::MeasurementDocument& d, const char* events) {
  const auto found = std::find_if(d.tables.begin(), d.tables.end(),
                                  [&](const EventTable& table) { return table.events == events; });
  return found == d.tables.end() ? nullptr : &*found;
}

std::optional<double> cell_of(const EventTable& table, const MeasuredEvent& row, SignalMeasure measure) {
  for (std::size_t i = 0; i < table.columns.size() && i < row.values.size(); ++i) {
    if (table.columns[i] == measure) return row.values[i];
  }
  return std::nullopt;
}

/// "Sat" and "14"; a day without a date as it is.
CategoryLabel label_of_day(const MeasurementPage& page, const std::string& date) {
  const auto day = parse_day(date);
  if (!day) return {date, ""};
  const std::chrono::weekday weekday{*day};
  return {page.words("days.weekday_" + std::to_string(weekday.c_encoding())),
          std::to_string(static_cast<unsigned>(std::chrono::year_month_day{*day}.day()))};
}

std::string day_words(const MeasurementPage& page, const std::string& date) {
  return parse_day(date) ? label_of_day(page, date).first + ' ' + date : date;
}

struct Days {
  const EventTable& days;
  const EventTable* wear;
  const EventTable* bouts;
};

void bars_of(const MeasurementPage& page, const EventTable& days, SignalMeasure measure) {
  const session::SignalMeasureInfo& facts = session::info(measure);
  BarChart chart;
  chart.decimals = facts.decimals;
  chart.title.title =
      std::string{facts.label} + (facts.unit.empty() ? "" : " (" + std::string{facts.unit} + ')');
  chart.title.description = page.words("days.bars_description", {{"measure", chart.title.title}});
  for (const MeasuredEvent& row : days.rows) {
    CategoryBar bar{label_of_day(page, row.part), cell_of(days, row, measure), row.note.empty()};
    if (bar.value) bar.value = *bar.value * facts.factor;
    chart.bars.push_back(std::move(bar));
  }
  draw_bars(page.html, chart);
}

/// Every bout longer than 30 s, day by day, and their median.
void dots_of(const MeasurementPage& page, const Days& d, SignalMeasure measure, SignalMeasure middle,
             const char* title, double least) {
  if (d.bouts == nullptr) return;
  const session::SignalMeasureInfo& facts = session::info(measure);
  DotChart chart;
  chart.decimals = least < 1 ? 1 : 0;
  chart.least = least;
  chart.title.title = page.words(title) + " (" + std::string{facts.unit} + ')';
  chart.title.caption = page.words("days.dots_caption");
  chart.title.description = page.words("days.bars_description", {{"measure", chart.title.title}});
  for (const MeasuredEvent& row : d.days.rows) {
    DotCategory category{label_of_day(page, row.part), {}, std::nullopt};
    for (const MeasuredEvent& bout : d.bouts->rows) {
      if (bout.start < row.start || bout.start >= row.end) continue;
      if (engine::bout_class(bout.end - bout.start) < 2) continue;
      if (const auto value = cell_of(*d.bouts, bout, measure)) category.dots.push_back(*value * facts.factor);
    }
    if (const auto line = cell_of(d.days, row, middle)) category.line = *line * facts.factor;
    chart.categories.push_back(std::move(category));
  }
  draw_dots(page.html, chart);
}

void lengths_of(const MeasurementPage& page, const Days& d) {
  if (d.bouts == nullptr || d.bouts->rows.empty()) return;
  constexpr std::array<double, 6> kEdgesS = {10, 20, 30, 60, 120, 300};
  constexpr std::array<std::array<const char*, 2>, 7> kLabels = {{{"\u2264\u00a010", "s"},
                                                                  {"10\u201320", "s"},
                                                                  {"20\u201330", "s"},
                                                                  {"30\u201360", "s"},
                                                                  {"1\u20132", "min"},
                                                                  {"2\u20135", "min"},
                                                                  {">\u00a05", "min"}}};
  std::array<double, kLabels.size()> counts{};
  for (const MeasuredEvent& bout : d.bouts->rows) {
    const double length_s = (bout.end - bout.start).value();
    counts[static_cast<std::size_t>(
        std::count_if(kEdgesS.begin(), kEdgesS.end(), [&](double edge) { return length_s > edge; }))] += 1;
  }
  BarChart chart;
  chart.title = {page.words("days.lengths"), page.words("days.lengths_caption"),
                 page.words("days.bars_description", {{"measure", page.words("days.lengths")}})};
  for (std::size_t i = 0; i < counts.size(); ++i)
    chart.bars.push_back({{kLabels[i][0], kLabels[i][1]}, counts[i], true});
  draw_bars(page.html, chart);
}

void strips_of(const MeasurementPage& page, const Days& d) {
  if (d.wear == nullptr) return;
  DayStrips strips;
  strips.title = {page.words("days.wear"), page.words("days.wear_caption"),
                  page.words("days.wear_description")};
  bool dated = true;
  for (const MeasuredEvent& row : d.days.rows) {
    dated = dated && parse_day(row.part).has_value();
    DayStrip day{label_of_day(page, row.part), {}};
    const double length = (row.end - row.start).value();
    const auto add = [&](const MeasuredEvent& event, const std::string& style) {
      if (event.end <= row.start || event.start >= row.end) return;
      day.stretches.push_back(
          {(event.start - row.start).value() / length, (event.end - row.start).value() / length, style});
    };
    for (const MeasuredEvent& stretch : d.wear->rows) add(stretch, "wear-" + stretch.part);
    if (d.bouts != nullptr) {
      for (const MeasuredEvent& bout : d.bouts->rows) add(bout, "wear-walking");
    }
    strips.days.push_back(std::move(day));
  }
  for (int hour = 0; hour <= 24; hour += 6)
    strips.hours.push_back(dated ? std::to_string(hour) + ":00" : std::to_string(hour) + " h");
  for (const char* state : {"walking", "worn", "motionless", "not_worn", "none"})
    strips.legend.push_back({std::string{"wear-"} + state, page.words(std::string{"days.state_"} + state)});
  draw_day_strips(page.html, strips);
}

void days_table(const MeasurementPage& page, const EventTable& days) {
  constexpr std::array<SignalMeasure, 11> kShown = {
      recorded_time,    wear_time,       daily_steps, daily_walking_time, bouts_to_10_s, bouts_10_to_30_s,
      bouts_30_to_60_s, bouts_over_60_s, daily_speed, daily_speed_90,     daily_cadence};
  const auto measured = [&](SignalMeasure measure) {
    return std::any_of(days.rows.begin(), days.rows.end(),
                       [&](const MeasuredEvent& row) { return cell_of(days, row, measure).has_value(); });
  };
  std::vector<SignalMeasure> shown;
  std::vector<std::string> columns = {page.words("days.day")};
  for (const SignalMeasure measure : kShown) {
    if (!measured(measure)) continue;
    shown.push_back(measure);
    columns.push_back(page.words("days.column_" + std::string{session::info(measure).name}));
  }
  Table table{page.html, page.words, columns};
  table.begin(page.words("days.table"));
  for (const MeasuredEvent& row : days.rows) {
    table.begin_row(row.note.empty() ? "counted" : "uncounted");
    table.head(day_words(page, row.part) + (row.note.empty() ? "" : page.words("days.left_out")));
    for (const SignalMeasure measure : shown) {
      const auto value = cell_of(days, row, measure);
      table.cell(value ? shown_number(measure, *value) : "");
    }
    table.end_row();
  }
  table.end();
}

}  // namespace

void measurement_days(const MeasurementPage& page) {
  const EventTable* days = table_named(page.document, session::kDaysTable);
  if (days == nullptr || days->rows.empty()) return;
  const Days d{*days, table_named(page.document, session::kWearTable),
               table_named(page.document, session::kBoutsTable)};
  open_section(page.html, page.words, "days", "days.heading");
  page.html.leaf("p", {{"class", "note"}}, page.words("days.rule"));
  page.html.open("div", {{"class", "multiples"}});
  bars_of(page, *days, daily_steps);
  bars_of(page, *days, daily_walking_time);
  bars_of(page, *days, wear_time);
  lengths_of(page, d);
  dots_of(page, d, walking_speed, daily_speed_median, "days.speed", 0.4);
  dots_of(page, d, cadence, daily_cadence_median, "days.cadence", 20);
  page.html.close();
  strips_of(page, d);
  days_table(page, *days);
  page.html.close();
}

}  // namespace reprise::report
