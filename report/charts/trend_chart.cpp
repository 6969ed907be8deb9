// SPDX-License-Identifier: Apache-2.0
#include "report/charts/trend_chart.h"

#include <algorithm>
#include <cmath>

#include "report/charts/chart.h"
#include "report/html/format.h"

namespace reprise::report {
namespace {

constexpr double kTrendWidth = 1000;
constexpr double kTrendHeight = 300;
constexpr std::size_t kMostLabels = 12;  // beyond, the table has the numbers

std::string trend_percent(double share) {
  return coordinate(100 * std::clamp(share, 0.0, 1.0), 1) + '%';
}

class TrendDrawing {
 public:
  TrendDrawing(Html& html, const Trend& trend) : html_(html), t_(trend) { fit(); }

  void draw() {
    html_.open("figure", {{"class", "chart small trend"}}).open("figcaption");
    html_.leaf("strong", t_.title).text(" ").leaf("span", t_.caption).close();
    html_.open("div", {{"class", "one"}}).open("div", {{"class", "strip small"}});
    draw_axis();
    html_.open("div", {{"class", "plot"}});
    html_.open("svg", {{"viewBox", "0 0 1000 300"},
                       {"preserveAspectRatio", "none"},
                       {"role", "img"},
                       {"aria-label", t_.description}});
    draw_grid();
    for (const auto& [from, until] : runs()) draw_run(from, until);
    html_.close();
    draw_labels();
    html_.close();
    draw_numbers();
    html_.close().close().close();
  }

 private:
  // Fits the scale to the lowest and highest drawn value, with room for the numbers on top.
  void fit() {
    bool any = false;
    const auto include = [&](double value) {
      low_ = any ? std::min(low_, value) : value;
      high_ = any ? std::max(high_, value) : value;
      any = true;
    };
    for (const auto& point : t_.points) {
      if (!point) continue;
      include(point->value - point->uncertainty);
      include(point->value + point->uncertainty);
    }
    for (const TrendLevel& level : t_.levels) include(level.value);
    if (t_.low) include(*t_.low);
    if (t_.high) include(*t_.high);
    if (!any) include(0);
    const double missing = std::max(0.0, t_.least - (high_ - low_));
    if (!t_.low) low_ -= missing / 2;
    high_ += t_.low ? missing : missing / 2;
    const double span = high_ - low_;
    if (!t_.low) low_ -= 0.05 * span;
    high_ += 0.22 * span;
  }

  [[nodiscard]] double x(std::size_t i) const {
    return kTrendWidth * (static_cast<double>(i) + 0.5) / static_cast<double>(t_.points.size());
  }
  [[nodiscard]] double y(double value) const { return kTrendHeight * (1 - (value - low_) / (high_ - low_)); }
  [[nodiscard]] std::string at(std::size_t i, double value) const {
    return coordinate(x(i), 1) + ',' + coordinate(y(value), 1);
  }
  [[nodiscard]] std::string number(double value) const { return fixed(value, t_.decimals) + t_.unit; }

  [[nodiscard]] std::vector<double> marks() const {
    const double top = t_.high.value_or(high_);
    std::vector<double> all = axis_marks(low_, top, 5, t_.degrees);
    if (t_.whole) std::erase_if(all, [](double mark) { return std::abs(mark - std::round(mark)) > 1e-9; });
    return all;
  }

  // Neighbors that are joined, as [from, until).
  [[nodiscard]] std::vector<std::pair<std::size_t, std::size_t>> runs() const {
    std::vector<std::pair<std::size_t, std::size_t>> all;
    for (std::size_t i = 0; i < t_.points.size(); ++i) {
      if (!t_.points[i]) continue;
      const bool goes_on = !all.empty() && all.back().second == i && t_.joined[i];
      if (goes_on) {
        all.back().second = i + 1;
      } else {
        all.emplace_back(i, i + 1);
      }
    }
    return all;
  }

  void draw_axis() {
    html_.open("div", {{"class", "y-axis"}, {"aria-hidden", "true"}});
    for (const double mark : marks())
      html_.leaf("span", {{"style", "top:" + trend_percent(y(mark) / kTrendHeight)}}, number(mark));
    html_.close();
  }

  void draw_grid() {
    const auto across = [&](double value, const std::string& style) {
      const std::string height = coordinate(y(value), 1);
      html_.empty("line", {{"class", style}, {"x1", "0"}, {"x2", "1000"}, {"y1", height}, {"y2", height}});
    };
    for (const double mark : marks()) across(mark, "grid");
    for (const TrendLevel& level : t_.levels) across(level.value, "level " + level.style);
  }

  void draw_run(std::size_t from, std::size_t until) {
    std::string line;
    std::string upper;
    std::string lower;
    for (std::size_t i = from; i < until; ++i) {
      const Uncertain& point = *t_.points[i];
      line += (line.empty() ? "" : " ") + at(i, point.value);
      upper += at(i, point.value + point.uncertainty) + ' ';
      lower.insert(0, ' ' + at(i, point.value - point.uncertainty));
      if (until - from == 1 && point.uncertainty > 0) {  // alone, it has no width for a band
        html_.empty("line", {{"class", "whisker"},
                             {"x1", coordinate(x(i), 1)},
                             {"x2", coordinate(x(i), 1)},
                             {"y1", coordinate(y(point.value + point.uncertainty), 1)},
                             {"y2", coordinate(y(point.value - point.uncertainty), 1)}});
      }
    }
    const bool band = std::any_of(t_.points.begin() + static_cast<std::ptrdiff_t>(from),
                                  t_.points.begin() + static_cast<std::ptrdiff_t>(until),
                                  [](const auto& p) { return p->uncertainty > 0; });
    if (until - from > 1 && band)
      html_.empty("polygon", {{"class", "band"}, {"points", upper + lower.substr(1)}});
    html_.open("g", {{"class", "line main"}}).empty("polyline", {{"points", line}}).close();
    html_.open("g", {{"class", "dots"}});
    for (std::size_t i = from; i < until; ++i) {  // round caps make a point a dot
      const std::string dot = at(i, t_.points[i]->value);
      html_.empty("polyline", {{"points", dot + ' ' + dot}});
    }
    html_.close();
  }

  void draw_labels() {
    html_.open("div", {{"class", "labels"}, {"aria-hidden", "true"}});
    for (const TrendLevel& level : t_.levels) {
      if (level.label.empty()) continue;
      html_.leaf("span",
                 {{"class", "level " + level.style},
                  {"style", "top:" + trend_percent(y(level.value) / kTrendHeight)}},
                 level.label);
    }
    for (std::size_t i = 0; i < t_.points.size() && t_.points.size() <= kMostLabels; ++i) {
      if (!t_.points[i]) continue;
      html_.leaf("span",
                 {{"class", spare(i) ? "number spare" : "number"},
                  {"style", "left:" + trend_percent(x(i) / kTrendWidth)}},
                 number(t_.points[i]->value));
    }
    html_.close();
  }

  void draw_numbers() {
    html_.open("div", {{"class", "x-axis"}, {"aria-hidden", "true"}});
    const std::size_t every = 1 + (t_.points.size() - 1) / (2 * kMostLabels);
    for (std::size_t i = 0; i < t_.points.size(); i += every) {
      html_.leaf(
          "span",
          {{"class", spare(i) ? "spare" : "mark"}, {"style", "left:" + trend_percent(x(i) / kTrendWidth)}},
          std::to_string(i + 1));
    }
    html_.close();
  }

  // Left out on narrow pages.
  [[nodiscard]] bool spare(std::size_t i) const { return t_.points.size() > 8 && i % 2 == 1; }

  Html& html_;
  const Trend& t_;
  double low_ = 0;
  double high_ = 1;
};

}  // namespace

void draw_trend(Html& html, const Trend& trend) {
  if (!trend.points.empty()) TrendDrawing{html, trend}.draw();
}

}  // namespace reprise::report
