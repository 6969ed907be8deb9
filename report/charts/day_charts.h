// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "report/html/html.h"

namespace reprise::report {

/// What a chart is called. `description`: what a person who cannot see it should know.
struct ChartTitle {
  std::string title;
  std::string caption;
  std::string description;
};

/// A place on the axis: two short lines, such as a weekday and the day of the month.
struct CategoryLabel {
  std::string first;
  std::string second = {};
};

struct CategoryBar {
  CategoryLabel label;
  std::optional<double> value;  ///< 0 or more; empty: not measured
  bool counts = true;           ///< else hatched
};

/// Bars from 0 on, with their numbers on top.
struct BarChart {
  ChartTitle title;
  std::vector<CategoryBar> bars;
  int decimals = 0;
};
void draw_bars(Html& html, const BarChart& chart);

/// Single values in each category, as dots, with a line at one of them, such as their median.
struct DotCategory {
  CategoryLabel label;
  std::vector<double> dots;    ///< drawn side by side in this order
  std::optional<double> line;  ///< empty: none
};
struct DotChart {
  ChartTitle title;
  std::vector<DotCategory> categories;
  int decimals = 0;
  double least = 1;  ///< least height of the scale, so that noise is not magnified
};
void draw_dots(Html& html, const DotChart& chart);

/// Stretches of a day, as shares of its length.
struct DayStretch {
  double from = 0;
  double to = 0;
  std::string style;  ///< CSS class
};
struct DayStrip {
  CategoryLabel label;
  std::vector<DayStretch> stretches;  ///< a later one is drawn over an earlier one
};
struct LegendEntry {
  std::string style;
  std::string text;
};
struct DayStrips {
  ChartTitle title;
  std::vector<DayStrip> days;
  std::vector<std::string> hours;  ///< marks below, evenly from the day's start to its end
  std::vector<LegendEntry> legend;
};
/// Days below each other, hours from left to right.
void draw_day_strips(Html& html, const DayStrips& strips);

}  // namespace reprise::report
