// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "report/charts/comparison.h"
#include "report/html/html.h"

namespace reprise::report {

struct TrendLevel {
  double value = 0;
  std::string label;  ///< empty: the axis says it
  std::string style;  ///< CSS class, as in ChartLevel
};

/// One figure over several sessions, in the unit in which it is shown.
struct Trend {
  std::string title;
  std::string caption;                           ///< what the reader should take from it
  std::string description;                       ///< what a person who cannot see it should know
  std::vector<std::optional<Uncertain>> points;  ///< one a session; empty: not measured
  std::vector<bool> joined;  ///< one a session: whether it may be compared with the one before
  std::vector<TrendLevel> levels;
  std::optional<double> low;   ///< of the scale; empty: from the drawn values
  std::optional<double> high;  ///< as `low`
  double least = 1;            ///< least height of the scale, so that noise is not magnified
  bool degrees = false;        ///< round numbers of the axis are those of angles
  bool whole = false;          ///< only whole numbers on the axis
  int decimals = 0;
  std::string unit;  ///< behind each number
};

/// Draws the sessions side by side, numbered from 1: a dot each, its uncertainty as a band, a line only
/// between neighbors that may be compared. Spaced evenly, not by time.
void draw_trend(Html& html, const Trend& trend);

}  // namespace reprise::report
