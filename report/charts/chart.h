// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "report/html/html.h"
#include "report/html/words.h"
#include "session/document.h"

namespace reprise::report {

/// One line of a chart.
struct ChartLine {
  std::string name;   ///< for legend and read-out
  std::string style;  ///< CSS class: "main" or "second"
  std::span<const std::optional<double>> values;
};

/// A level drawn across the chart.
struct ChartLevel {
  double value = 0;  ///< rad or ratio
  std::string label;
  std::string style;  ///< CSS class: "target", "ceiling" or "limit"
};

struct Chart {
  engine::Measure measure = engine::Measure::knee_flexion;
  std::string description;  ///< what a person who cannot see it should know
  std::vector<ChartLine> lines;
  std::vector<ChartLevel> levels;
  bool small = false;         ///< one of several multiples: lower, no read-out, repetitions not numbered
  bool no_scale = false;      ///< no numbers on the value axis and in the read-out
  bool show_gaps = false;     ///< shade where no line has a value
  std::size_t columns = 800;  ///< lines longer than twice this are thinned
  int most_strips = 1;        ///< long recordings are broken into at most so many strips, one below the other
};

/// Draws measures over the document's time, with its repetitions shaded. The SVG stretches with the page; all
/// text stands beside it as HTML, so that it stays readable on a phone.
void draw_chart(Html& html, const Words& words, const session::SessionDocument& document, const Chart& chart);

/// Patterns that the charts and bars refer to; once a page.
void draw_chart_patterns(Html& html);

/// Marks for an axis from `low` to `high`: round numbers, at most about `most` of them. In degrees or ratio.
[[nodiscard]] std::vector<double> axis_marks(double low, double high, int most, bool degrees);

}  // namespace reprise::report
