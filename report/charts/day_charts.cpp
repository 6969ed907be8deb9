// SPDX-License-Identifier: Apache-2.0
#include "report/charts/day_charts.h"

#include <algorithm>
#include <cmath>

#include "report/charts/chart.h"
#include "report/html/format.h"

namespace reprise::report {
namespace {

constexpr double kDayChartWidth = 1000;
constexpr double kDayChartHeight = 300;
constexpr std::size_t kMostDayLabels = 14;  // beyond, every other one or fewer

std::string in_percent(double share) {
  return coordinate(100 * std::clamp(share, 0.0, 1.0), 2) + '%';
}

void open_chart(Html& html, const ChartTitle& title, const char* style) {
  html.open("figure", {{"class", style}}).open("figcaption");
  html.leaf("strong", title.title);
  if (!title.caption.empty()) html.text(" ").leaf("span", title.caption);
  html.close();
}

/// The frame around bars and dots: the value axis, the drawing, the categories below it.
class CategoryFrame {
 public:
  CategoryFrame(Html& html, double low, double high, std::size_t categories)
      : html_(html), low_(low), high_(high), categories_(categories) {}

  [[nodiscard]] double y(double value) const {
    return kDayChartHeight * (1 - (value - low_) / (high_ - low_));
  }
  [[nodiscard]] double x(std::size_t category, double share) const {
    return kDayChartWidth * (static_cast<double>(category) + share) / static_cast<double>(categories_);
  }

  void open(const ChartTitle& title, int decimals) {
    open_chart(html_, title, "chart small days");
    html_.open("div", {{"class", "one"}}).open("div", {{"class", "strip small"}});
    std::vector<double> marks = axis_marks(low_, high_, 5, false);
    const auto is_whole = [](double mark) { return std::abs(mark - std::round(mark)) < 1e-9; };
    if (decimals == 0) std::erase_if(marks, [&](double mark) { return !is_whole(mark); });
    const int shown = std::all_of(marks.begin(), marks.end(), is_whole) ? 0 : decimals;
    html_.open("div", {{"class", "y-axis"}, {"aria-hidden", "true"}});
    for (const double mark : marks)
      html_.leaf("span", {{"style", "top:" + in_percent(y(mark) / kDayChartHeight)}}, fixed(mark, shown));
    html_.close().open("div", {{"class", "plot"}});
    html_.open("svg", {{"viewBox", "0 0 1000 300"},
                       {"preserveAspectRatio", "none"},
                       {"role", "img"},
                       {"aria-label", title.description}});
    for (const double mark : marks) {
      const std::string height = coordinate(y(mark), 1);
      html_.empty("line", {{"class", "grid"}, {"x1", "0"}, {"x2", "1000"}, {"y1", height}, {"y2", height}});
    }
  }

  /// Between the drawing and what closes the figure: numbers within the plot, then the categories.
  void open_numbers() { html_.close().open("div", {{"class", "labels"}, {"aria-hidden", "true"}}); }
  void number(std::size_t category, double value, const std::string& text) {
    if (categories_ > kMostDayLabels) return;
    html_.leaf("span",
               {{"class", "value"},
                {"style", "left:" + in_percent(x(category, 0.5) / kDayChartWidth) +
                              ";top:" + in_percent(y(value) / kDayChartHeight)}},
               text);
  }
  void close(const std::vector<CategoryLabel>& labels) {
    html_.close().close().open("div", {{"class", "x-axis two"}, {"aria-hidden", "true"}});
    const std::size_t every = 1 + (labels.size() - 1) / kMostDayLabels;
    for (std::size_t i = 0; i < labels.size(); i += every) {
      html_.open("span", {{"class", "mark"}, {"style", "left:" + in_percent(x(i, 0.5) / kDayChartWidth)}});
      html_.text(labels[i].first);
      if (!labels[i].second.empty()) html_.empty("br").text(labels[i].second);
      html_.close();
    }
    html_.close().close().close().close();
  }

 private:
  Html& html_;
  double low_;
  double high_;
  std::size_t categories_;
};

}  // namespace

void draw_bars(Html& html, const BarChart& chart) {
  if (chart.bars.empty()) return;
  double most = 0;
  for (const CategoryBar& bar : chart.bars) most = std::max(most, bar.value.value_or(0));
  constexpr double kRoomForNumbers = 1.2;
  CategoryFrame frame{html, 0, most > 0 ? kRoomForNumbers * most : 1, chart.bars.size()};
  frame.open(chart.title, chart.decimals);
  std::vector<CategoryLabel> labels;
  for (std::size_t i = 0; i < chart.bars.size(); ++i) {
    const CategoryBar& bar = chart.bars[i];
    labels.push_back(bar.label);
    if (!bar.value) continue;
    html.empty("rect", {{"class", bar.counts ? "column" : "column left-out"},
                        {"x", coordinate(frame.x(i, 0.18), 1)},
                        {"y", coordinate(frame.y(*bar.value), 1)},
                        {"width", coordinate(frame.x(0, 0.64), 1)},
                        {"height", coordinate(kDayChartHeight - frame.y(*bar.value), 1)}});
  }
  frame.open_numbers();
  for (std::size_t i = 0; i < chart.bars.size(); ++i) {
    const auto& value = chart.bars[i].value;
    if (value) frame.number(i, *value, fixed(*value, chart.decimals));
  }
  frame.close(labels);
}

void draw_dots(Html& html, const DotChart& chart) {
  double low = 0;
  double high = 0;
  bool any = false;
  for (const DotCategory& category : chart.categories) {
    for (const double dot : category.dots) {
      low = any ? std::min(low, dot) : dot;
      high = any ? std::max(high, dot) : dot;
      any = true;
    }
  }
  if (!any) return;
  const double missing = std::max(0.0, chart.least - (high - low)) / 2;
  const double margin = 0.06 * (high - low + 2 * missing);
  CategoryFrame frame{html, low - missing - margin, high + missing + margin, chart.categories.size()};
  frame.open(chart.title, chart.decimals);
  html.open("g", {{"class", "bouts"}});
  std::vector<CategoryLabel> labels;
  for (std::size_t i = 0; i < chart.categories.size(); ++i) {
    const std::vector<double>& dots = chart.categories[i].dots;
    labels.push_back(chart.categories[i].label);
    for (std::size_t k = 0; k < dots.size(); ++k) {
      const double share = 0.12 + 0.76 * (static_cast<double>(k) + 0.5) / static_cast<double>(dots.size());
      const std::string dot = coordinate(frame.x(i, share), 1) + ',' + coordinate(frame.y(dots[k]), 1);
      html.empty("polyline", {{"points", dot + ' ' + dot}});
    }
  }
  html.close();
  for (std::size_t i = 0; i < chart.categories.size(); ++i) {
    if (!chart.categories[i].line) continue;
    const std::string height = coordinate(frame.y(*chart.categories[i].line), 1);
    html.empty("line", {{"class", "middle"},
                        {"x1", coordinate(frame.x(i, 0.1), 1)},
                        {"x2", coordinate(frame.x(i, 0.9), 1)},
                        {"y1", height},
                        {"y2", height}});
  }
  frame.open_numbers();
  frame.close(labels);
}

void draw_day_strips(Html& html, const DayStrips& strips) {
  if (strips.days.empty()) return;
  open_chart(html, strips.title, "chart hours");
  html.open("div", {{"class", "rows"}, {"role", "img"}, {"aria-label", strips.title.description}});
  for (const DayStrip& day : strips.days) {
    html.open("span", {{"class", "day"}}).text(day.label.first + " " + day.label.second).close();
    html.open("svg", {{"viewBox", "0 0 1000 10"}, {"preserveAspectRatio", "none"}, {"aria-hidden", "true"}});
    html.empty("rect", {{"class", "wear-none"}, {"x", "0"}, {"y", "0"}, {"width", "1000"}, {"height", "10"}});
    for (const DayStretch& stretch : day.stretches) {
      const double from = kDayChartWidth * std::clamp(stretch.from, 0.0, 1.0);
      const double to = kDayChartWidth * std::clamp(stretch.to, 0.0, 1.0);
      html.empty("rect", {{"class", stretch.style},
                          {"x", coordinate(from, 2)},
                          {"y", "0"},
                          {"width", coordinate(std::max(to - from, 0.4), 2)},
                          {"height", "10"}});
    }
    html.close();
  }
  html.close().open("div", {{"class", "x-axis"}, {"aria-hidden", "true"}});
  for (std::size_t i = 0; i < strips.hours.size(); ++i) {
    const double share = static_cast<double>(i) / static_cast<double>(strips.hours.size() - 1);
    html.leaf("span", {{"class", "mark"}, {"style", "left:" + in_percent(share)}}, strips.hours[i]);
  }
  html.close().open("ul", {{"class", "legend"}});
  for (const LegendEntry& entry : strips.legend) {
    html.open("li").open("svg", {{"class", "sample"},
                                 {"width", "18"},
                                 {"height", "10"},
                                 {"viewBox", "0 0 18 10"},
                                 {"aria-hidden", "true"}});
    html.empty("rect", {{"class", entry.style}, {"width", "18"}, {"height", "10"}}).close();
    html.text(entry.text).close();
  }
  html.close().close();
}

}  // namespace reprise::report
