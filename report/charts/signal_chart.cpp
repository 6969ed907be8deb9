// SPDX-License-Identifier: Apache-2.0
#include "report/charts/signal_chart.h"

#include <algorithm>
#include <cmath>

#include "report/charts/chart.h"
#include "report/html/format.h"

namespace reprise::report {
namespace {

constexpr double kSignalWidth = 1000;
constexpr double kSignalHeight = 300;
constexpr std::size_t kLineStyles = 3;
constexpr std::size_t kMarkStyles = 3;
constexpr std::size_t kSpanStyles = 5;

std::string signal_percent(double share) {
  return coordinate(100 * std::clamp(share, 0.0, 1.0), 2) + '%';
}

struct Interval {
  double low = 0;
  double high = 1;
  [[nodiscard]] double size() const { return high - low; }
};

void widen(std::optional<Interval>& interval, double value) {
  if (!std::isfinite(value)) return;
  if (!interval) interval = Interval{value, value};
  interval->low = std::min(interval->low, value);
  interval->high = std::max(interval->high, value);
}

Interval with_margin(const std::optional<Interval>& interval, double share) {
  if (!interval) return {};
  const double size = interval->size() > 0 ? interval->size() : std::max(1e-3, std::abs(interval->low));
  return {interval->low - share * size, interval->high + share * size};
}

/// Names in the order of their first use: each has a style of its own, as long as there are enough.
class Styles {
 public:
  explicit Styles(std::size_t most) : most_(most) {}
  std::size_t of(const std::string& name) {
    auto found = std::find(names_.begin(), names_.end(), name);
    if (found == names_.end()) found = names_.insert(names_.end(), name);
    return static_cast<std::size_t>(found - names_.begin()) % most_ + 1;
  }
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }

 private:
  std::size_t most_;
  std::vector<std::string> names_;
};

class SignalDrawing {
 public:
  SignalDrawing(Html& html, const Words& words, const session::SignalPlot& plot)
      : html_(html), words_(words), p_(plot) {
    fit();
    for (const session::PlotLine& line : p_.lines) line_styles_.of(line_name(line));
    for (const session::PlotMark& mark : p_.marks) mark_styles_.of(mark.name);
    for (const session::PlotSpan& span : p_.spans) span_styles_.of(span.name);
  }

  void draw(const std::string& title, const std::string& description) {
    html_.open("figure", {{"class", p_.over_time ? "chart signal" : "chart signal path"}});
    html_.open("figcaption").leaf("span", {{"class", "axis-title"}}, title);
    draw_legend();
    html_.close();
    html_.open("div", {{"class", "strip"}});
    draw_y_axis();
    if (p_.over_time) {
      html_.open("div", {{"class", "plot"},
                         {"data-from", coordinate(x_.low, 4)},
                         {"data-to", coordinate(x_.high, 4)},
                         {"data-low", coordinate(y_.low, 4)},
                         {"data-high", coordinate(y_.high, 4)},
                         {"data-unit", p_.y_unit.empty() ? "" : "\u00a0" + p_.y_unit},
                         {"data-decimals", y_.size() > 50 ? "0" : (y_.size() > 5 ? "1" : "2")},
                         {"data-scale", "value"},
                         {"data-none", words_("not_measured")}});
    } else {
      html_.open("div", {{"class", "plot"}});
    }
    html_.open("svg", {{"viewBox", "0 0 1000 300"},
                       {"preserveAspectRatio", "none"},
                       {"role", "img"},
                       {"aria-label", description}});
    draw_spans();
    draw_bands();
    draw_grid();
    for (const session::PlotLine& line : p_.lines) draw_line(line);
    draw_marks();
    html_.close().close();
    draw_x_axis();
    html_.close().close();
  }

 private:
  void fit() {
    std::optional<Interval> x;
    std::optional<Interval> y;
    for (const session::PlotLine& line : p_.lines) {
      for (const double value : line.x) widen(x, value);
      for (const double value : line.y) widen(y, value);
    }
    for (const session::PlotMark& mark : p_.marks) {
      widen(x, mark.x);
      widen(y, mark.y);
    }
    for (const session::PlotSpan& span : p_.spans) {
      widen(x, span.from);
      widen(x, span.to);
    }
    for (const session::PlotBand& band : p_.bands) {
      for (const double value : band.x) widen(x, value);
      for (const double value : band.low) widen(y, value);
      for (const double value : band.high) widen(y, value);
    }
    x_ = with_margin(x, p_.over_time ? 0 : 0.06);
    y_ = with_margin(y, 0.06);
    if (p_.over_time) return;
    const double size = std::max(x_.size(), y_.size());
    for (Interval* i : {&x_, &y_}) {
      const double middle = (i->low + i->high) / 2;
      *i = {middle - size / 2, middle + size / 2};
    }
  }

  [[nodiscard]] double share_x(double value) const { return (value - x_.low) / x_.size(); }
  [[nodiscard]] double share_y(double value) const { return 1 - (value - y_.low) / y_.size(); }
  [[nodiscard]] std::string at(double x, double y) const {
    return coordinate(kSignalWidth * share_x(x), 1) + ',' + coordinate(kSignalHeight * share_y(y), 1);
  }
  [[nodiscard]] std::string line_name(const session::PlotLine& line) const {
    if (!line.side) return signal_words(words_, line.name);
    return words_(*line.side == engine::Side::left ? "side.left" : "side.right");
  }

  void legend_entry(const std::string& style, const std::string& text) {
    html_.open("li").open("svg", {{"class", "sample"},
                                  {"viewBox", "0 0 28 12"},
                                  {"width", "28"},
                                  {"height", "12"},
                                  {"aria-hidden", "true"}});
    if (style.rfind("span", 0) == 0 || style == "band") {
      html_.empty("rect", {{"class", style}, {"x", "1"}, {"y", "1"}, {"width", "26"}, {"height", "10"}});
    } else {
      const bool mark = style.rfind("marks", 0) == 0;
      html_.open("g", {{"class", style}})
          .empty("polyline", {{"points", mark ? "14,6 14,6" : "0,6 28,6"}})
          .close();
    }
    html_.close().text(text).close();
  }

  void draw_legend() {
    html_.open("ul", {{"class", "legend"}});
    if (line_styles_.names().size() > 1) {
      for (const std::string& name : line_styles_.names())
        legend_entry("line signal-" + std::to_string(line_styles_.of(name)), name);
    }
    for (const std::string& name : mark_styles_.names())
      legend_entry("marks marks-" + std::to_string(mark_styles_.of(name)), signal_words(words_, name));
    for (const std::string& name : span_styles_.names())
      legend_entry("span span-" + std::to_string(span_styles_.of(name)), signal_words(words_, name));
    for (const session::PlotBand& band : p_.bands) legend_entry("band", band.of + " (" + band.source + ")");
    html_.close();
  }

  [[nodiscard]] static std::string mark_text(double mark, double step) {
    const int decimals = step >= 1 ? 0 : (step >= 0.1 ? 1 : 2);
    return fixed(mark, decimals);
  }
  [[nodiscard]] std::vector<double> y_marks() const {
    return axis_marks(y_.low, y_.high, p_.over_time ? 5 : 6, false);
  }
  [[nodiscard]] static double step_of(const std::vector<double>& marks) {
    return marks.size() > 1 ? marks[1] - marks[0] : 1;
  }

  void draw_y_axis() {
    html_.open("div", {{"class", "y-axis"}, {"aria-hidden", "true"}});
    const auto marks = y_marks();
    for (const double mark : marks)
      html_.leaf("span", {{"style", "top:" + signal_percent(share_y(mark))}},
                 mark_text(mark, step_of(marks)));
    html_.close();
  }

  void draw_x_axis() {
    html_.open("div", {{"class", "x-axis"}, {"aria-hidden", "true"}});
    const auto marks = axis_marks(x_.low, x_.high, p_.over_time ? 8 : 6, false);
    for (std::size_t i = 0; i < marks.size(); ++i) {
      const std::string unit = i + 1 == marks.size() ? "\u00a0" + p_.x_unit : "";
      html_.leaf("span", {{"style", "left:" + signal_percent(share_x(marks[i]))}},
                 mark_text(marks[i], step_of(marks)) + unit);
    }
    html_.close();
  }

  void draw_grid() {
    for (const double mark : y_marks()) {
      const std::string y = coordinate(kSignalHeight * share_y(mark), 1);
      html_.empty("line", {{"class", "grid"}, {"x1", "0"}, {"x2", "1000"}, {"y1", y}, {"y2", y}});
    }
    if (p_.over_time) return;
    for (const double mark : axis_marks(x_.low, x_.high, 6, false)) {
      const std::string x = coordinate(kSignalWidth * share_x(mark), 1);
      html_.empty("line", {{"class", "grid"}, {"x1", x}, {"x2", x}, {"y1", "0"}, {"y2", "300"}});
    }
  }

  void draw_spans() {
    for (const session::PlotSpan& span : p_.spans) {
      const double from = kSignalWidth * std::clamp(share_x(span.from), 0.0, 1.0);
      const double to = kSignalWidth * std::clamp(share_x(span.to), 0.0, 1.0);
      html_.empty("rect", {{"class", "span span-" + std::to_string(span_styles_.of(span.name))},
                           {"x", coordinate(from, 1)},
                           {"y", "0"},
                           {"width", coordinate(std::max(0.5, to - from), 1)},
                           {"height", "300"}});
    }
  }

  void draw_bands() {
    for (const session::PlotBand& band : p_.bands) {
      std::string points;
      for (std::size_t i = 0; i < band.x.size(); ++i) points += at(band.x[i], band.high[i]) + ' ';
      for (std::size_t i = band.x.size(); i-- > 0;) points += at(band.x[i], band.low[i]) + ' ';
      html_.empty("polygon", {{"class", "band"}, {"points", points}});
    }
  }

  // Where the line may break, a step of five times the usual is a gap.
  void draw_line(const session::PlotLine& line) {
    const std::string name = line_name(line);
    html_.open("g", {{"class", "line signal-" + std::to_string(line_styles_.of(name))},
                     {"data-name", p_.lines.size() > 1 ? name : ""}});
    const std::size_t n = std::min(line.x.size(), line.y.size());
    double longest = 0;
    if (line.breaks_allowed && n > 2) {
      std::vector<double> steps;
      for (std::size_t i = 1; i < n; ++i) steps.push_back(line.x[i] - line.x[i - 1]);
      const auto middle = steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2);
      std::nth_element(steps.begin(), middle, steps.end());
      longest = 5 * *middle;
    }
    std::string points;
    const auto flush = [&] {
      if (!points.empty()) html_.empty("polyline", {{"points", points}});
      points.clear();
    };
    for (std::size_t i = 0; i < n; ++i) {
      if (longest > 0 && i > 0 && line.x[i] - line.x[i - 1] > longest) flush();
      points += (points.empty() ? "" : " ") + at(line.x[i], line.y[i]);
    }
    flush();
    html_.close();
  }

  void draw_marks() {
    for (const std::string& name : mark_styles_.names()) {
      html_.open("g", {{"class", "marks marks-" + std::to_string(mark_styles_.of(name))}});
      for (const session::PlotMark& mark : p_.marks) {
        if (mark.name != name) continue;
        const std::string dot = at(mark.x, mark.y);  // round caps make a point a dot
        html_.empty("polyline", {{"points", dot + ' ' + dot}});
      }
      html_.close();
    }
  }

  Html& html_;
  const Words& words_;
  const session::SignalPlot& p_;
  Interval x_;
  Interval y_;
  Styles line_styles_{kLineStyles};
  Styles mark_styles_{kMarkStyles};
  Styles span_styles_{kSpanStyles};
};

}  // namespace

std::string signal_words(const Words& words, const std::string& name) {
  const std::string key = "signal." + name;
  std::string text = words(key);
  return text == "[" + key + "]" ? name : text;
}

void draw_signal_chart(Html& html, const Words& words, const session::SignalPlot& plot,
                       const std::string& title, const std::string& description) {
  SignalDrawing{html, words, plot}.draw(title, description);
}

}  // namespace reprise::report
