// SPDX-License-Identifier: Apache-2.0
#include "report/charts/chart.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "report/charts/trace.h"
#include "report/html/format.h"

namespace reprise::report {
namespace {

// The drawing's own units; the page stretches them.
constexpr double kWidth = 1000;
constexpr double kHeight = 300;
constexpr Seconds kLongestStrip{60};
constexpr Seconds kShortestGap{0.25};

struct Scale {
  double low = 0;  // rad or ratio
  double high = 1;
  Seconds from{0};
  Seconds to{1};

  [[nodiscard]] double x(double time_s) const {
    return kWidth * (time_s - from.value()) / (to - from).value();
  }
  [[nodiscard]] double y(double value) const { return kHeight * (1 - (value - low) / (high - low)); }
  [[nodiscard]] double share_x(Seconds time) const { return x(time.value()) / kWidth; }
  [[nodiscard]] double share_y(double value) const { return y(value) / kHeight; }
};

std::string drawn_number(double value) {
  std::string text = coordinate(value, 1);
  if (text.size() > 2 && text.substr(text.size() - 2) == ".0") text.resize(text.size() - 2);
  return text;
}

std::string percent(double share) {
  return drawn_number(100 * std::clamp(share, 0.0, 1.0)) + "%";
}

std::pair<Seconds, Seconds> time_span(const session::SessionDocument& d) {
  Seconds from{0};
  Seconds to{0};
  if (!d.exercise.times.empty()) {
    from = d.exercise.times.front();
    to = d.exercise.times.back();
  }
  if (!std::isfinite(from.value()) || !std::isfinite(to.value()) || !(to > from)) to = from + Seconds{1};
  return {from, to};
}

// From the lowest to the highest of everything drawn, out to the next round numbers.
void fit_values(const Chart& chart, Scale& scale) {
  bool any = false;
  const auto include = [&](double value) {
    if (!std::isfinite(value)) return;
    scale.low = any ? std::min(scale.low, value) : value;
    scale.high = any ? std::max(scale.high, value) : value;
    any = true;
  };
  for (const ChartLine& line : chart.lines) {
    for (const auto& value : line.values) {
      if (value) include(*value);
    }
  }
  for (const ChartLevel& level : chart.levels) include(level.value);
  if (!any) include(0);
  double low = engine::in_degrees(chart.measure, scale.low);
  double high = engine::in_degrees(chart.measure, scale.high);
  const double least =
      engine::is_angle(chart.measure) ? 20 : 0.2;  // a still line is not blown up to look like movement
  const double missing = std::max(0.0, least - (high - low));
  low -= missing / 2;
  high += missing / 2;
  const double margin = 0.04 * (high - low);
  scale.low = engine::from_degrees(chart.measure, low - margin);
  const double headroom = chart.small ? margin : 0.11 * (high - low);  // for the repetitions' numbers
  scale.high = engine::from_degrees(chart.measure, high + headroom);
}

// A median over the document would do; frames are rarely more than a tenth of a second apart.
Seconds longest_step(const session::SessionDocument& d) {
  if (!d.source.frame_rate || !(*d.source.frame_rate > Hertz{0})) return Seconds{1};
  return std::max(Seconds{0.25}, 4.0 * period(*d.source.frame_rate));
}

std::string_view style_of(engine::Outcome outcome) {
  static constexpr std::array<std::string_view, 3> kStyles = {"complete", "partial", "open"};
  return kStyles[static_cast<std::size_t>(outcome)];
}

class Strip {
 public:
  Strip(Html& html, const Words& words, const session::SessionDocument& d, const Chart& chart,
        const Scale& scale)
      : html_(html), words_(words), d_(d), chart_(chart), scale_(scale) {}

  void draw() {
    html_.open("div", {{"class", chart_.small ? "strip small" : "strip"}});
    draw_value_axis();
    html_.open("div", {{"class", "plot"},
                       {"data-from", coordinate(scale_.from.value(), 3)},
                       {"data-to", coordinate(scale_.to.value(), 3)},
                       {"data-low", coordinate(engine::in_degrees(chart_.measure, scale_.low), 4)},
                       {"data-high", coordinate(engine::in_degrees(chart_.measure, scale_.high), 4)},
                       {"data-unit", engine::is_angle(chart_.measure) ? "°" : ""},
                       {"data-scale", chart_.no_scale ? "none" : "value"},
                       {"data-none", words_("not_measured")}});
    html_.open("svg", {{"viewBox", "0 0 1000 300"},
                       {"preserveAspectRatio", "none"},
                       {"role", "img"},
                       {"aria-label", chart_.description}});
    draw_repetitions();
    draw_gaps();
    draw_grid();
    draw_levels();
    for (const ChartLine& line : chart_.lines) draw_line(line);
    html_.close();
    draw_labels();
    html_.close();
    draw_time_axis();
    html_.close();
  }

 private:
  [[nodiscard]] std::vector<double> value_marks() const {
    return axis_marks(engine::in_degrees(chart_.measure, scale_.low),
                      engine::in_degrees(chart_.measure, scale_.high), chart_.small ? 3 : 6,
                      engine::is_angle(chart_.measure));
  }
  [[nodiscard]] bool inside(const session::RecordedRepetition& r) const {
    return r.end >= scale_.from && r.start <= scale_.to && r.end >= r.start;
  }
  [[nodiscard]] double left_of(const session::RecordedRepetition& r) const {
    return std::clamp(scale_.x(r.start.value()), 0.0, kWidth);
  }
  [[nodiscard]] double right_of(const session::RecordedRepetition& r) const {
    return std::clamp(scale_.x(r.end.value()), 0.0, kWidth);
  }

  void draw_value_axis() {
    html_.open("div", {{"class", "y-axis"}, {"aria-hidden", "true"}});
    for (const double mark : chart_.no_scale ? std::vector<double>{} : value_marks()) {
      const double value = engine::from_degrees(chart_.measure, mark);
      html_.leaf("span", {{"style", "top:" + percent(scale_.share_y(value))}},
                 value_text(chart_.measure, value));
    }
    html_.close();
  }

  void draw_repetitions() {
    for (std::size_t i = 0; i < d_.exercise.repetitions.size(); ++i) {
      const session::RecordedRepetition& r = d_.exercise.repetitions[i];
      if (!inside(r)) continue;
      html_.empty("rect", {{"class", "repetition " + std::string{style_of(r.outcome)}},
                           {"data-n", std::to_string(i + 1)},
                           {"x", drawn_number(left_of(r))},
                           {"y", "0"},
                           {"width", drawn_number(std::max(0.5, right_of(r) - left_of(r)))},
                           {"height", "300"}});
    }
  }

  void draw_gaps() {
    if (!chart_.show_gaps) return;
    std::optional<Seconds> last_seen;
    const auto shade = [&](Seconds from, Seconds to) {
      if (to - from < kShortestGap || to <= scale_.from || from >= scale_.to) return;
      const double x = std::clamp(scale_.x(from.value()), 0.0, kWidth);
      html_.empty("rect", {{"class", "gap"},
                           {"x", drawn_number(x)},
                           {"y", "0"},
                           {"width", drawn_number(std::clamp(scale_.x(to.value()), 0.0, kWidth) - x)},
                           {"height", "300"}});
    };
    for (std::size_t i = 0; i < d_.exercise.times.size(); ++i) {
      const bool seen = std::any_of(chart_.lines.begin(), chart_.lines.end(), [&](const ChartLine& line) {
        return i < line.values.size() && line.values[i].has_value();
      });
      if (!seen) continue;
      if (!last_seen) shade(d_.exercise.times.front(), d_.exercise.times[i]);
      // Neighboring frames of a slow recording are no gap.
      if (last_seen && d_.exercise.times[i] - *last_seen > longest_step(d_))
        shade(*last_seen, d_.exercise.times[i]);
      last_seen = d_.exercise.times[i];
    }
    if (!d_.exercise.times.empty())
      shade(last_seen.value_or(d_.exercise.times.front()), d_.exercise.times.back());
  }

  void draw_grid() {
    for (const double mark : value_marks()) {
      const std::string y = drawn_number(scale_.y(engine::from_degrees(chart_.measure, mark)));
      html_.empty("line", {{"class", "grid"}, {"x1", "0"}, {"x2", "1000"}, {"y1", y}, {"y2", y}});
    }
  }

  void draw_levels() {
    for (const ChartLevel& level : chart_.levels) {
      const std::string y = drawn_number(scale_.y(level.value));
      html_.empty("line",
                  {{"class", "level " + level.style}, {"x1", "0"}, {"x2", "1000"}, {"y1", y}, {"y2", y}});
    }
  }

  void draw_line(const ChartLine& line) {
    html_.open("g", {{"class", "line " + line.style}, {"data-name", line.name}});
    const TraceOptions options{scale_.from, scale_.to, chart_.columns, longest_step(d_)};
    for (const Trace& trace : traces(d_.exercise.times, line.values, options)) {
      std::string points;
      for (std::size_t i = 0; i < trace.values.size(); ++i) {
        if (i > 0) points += ' ';
        points += drawn_number(scale_.x(trace.times_s[i])) + ',' + drawn_number(scale_.y(trace.values[i]));
      }
      if (trace.values.size() == 1) points += ' ' + points;  // round caps make it a dot
      html_.empty("polyline", {{"points", points}});
    }
    html_.close();
  }

  // Numbers of repetitions and names of levels, in front of the drawing.
  void draw_labels() {
    html_.open("div", {{"class", "labels"}, {"aria-hidden", "true"}});
    for (const ChartLevel& level : chart_.levels) {
      const double share = scale_.share_y(level.value);
      const char* where = share < 0.2 ? "level below " : "level ";
      html_.leaf("span", {{"class", where + level.style}, {"style", "top:" + percent(share)}}, level.label);
    }
    if (!chart_.small) draw_numbers();
    html_.close();
  }

  void draw_numbers() {
    std::size_t here = 0;
    for (const session::RecordedRepetition& r : d_.exercise.repetitions) here += inside(r) ? 1 : 0;
    const std::size_t every = here > 30 ? 5 : 1;
    for (std::size_t i = 0; i < d_.exercise.repetitions.size(); ++i) {
      const session::RecordedRepetition& r = d_.exercise.repetitions[i];
      if (!inside(r) || (i + 1) % every != 0) continue;
      const bool spare = here > 10 && (i + 1) % 2 == 0;  // left out on narrow pages
      html_.leaf("span",
                 {{"class", spare ? "number spare" : "number"},
                  {"style", "left:" + percent((left_of(r) + right_of(r)) / 2 / kWidth)}},
                 std::to_string(i + 1));
    }
  }

  void draw_time_axis() {
    html_.open("div", {{"class", "x-axis"}, {"aria-hidden", "true"}});
    const auto marks = axis_marks(scale_.from.value(), scale_.to.value(), chart_.small ? 4 : 8, false);
    for (std::size_t i = 0; i < marks.size(); ++i) {
      const double share = scale_.share_x(Seconds{marks[i]});
      const std::string unit = i + 1 == marks.size() ? "\u00a0s" : "";
      html_.leaf("span", {{"style", "left:" + percent(share)}}, drawn_number(marks[i]) + unit);
    }
    html_.close();
  }

  Html& html_;
  const Words& words_;
  const session::SessionDocument& d_;
  const Chart& chart_;
  const Scale& scale_;
};

}  // namespace

std::vector<double> axis_marks(double low, double high, int most, bool degrees) {
  static constexpr std::array<double, 9> kDegrees = {5, 10, 15, 30, 45, 60, 90, 180, 360};
  std::vector<double> marks;
  if (!std::isfinite(low) || !std::isfinite(high) || !(high > low) || most < 1) return marks;
  const double wanted = (high - low) / most;
  double step = 0;
  if (degrees && wanted <= kDegrees.back()) {
    step = *std::lower_bound(kDegrees.begin(), kDegrees.end(), wanted);
  } else {
    const double magnitude = std::pow(10, std::floor(std::log10(wanted)));
    for (const double factor : {1.0, 2.0, 5.0, 10.0}) {
      step = factor * magnitude;
      if (step >= wanted * (1 - 1e-9)) break;
    }
  }
  const double first = std::ceil(low / step - 1e-9);
  for (double k = first; k * step <= high + 1e-9 * step; k += 1) marks.push_back(k * step);
  return marks;
}

void draw_chart_patterns(Html& html) {
  html.open("svg", {{"class", "patterns"}, {"aria-hidden", "true"}, {"width", "0"}, {"height", "0"}});
  html.open("defs");
  const auto hatch = [&](const char* id, const char* spacing, const char* angle) {
    html.open("pattern", {{"id", id},
                          {"width", spacing},
                          {"height", spacing},
                          {"patternUnits", "userSpaceOnUse"},
                          {"patternTransform", std::string{"rotate("} + angle + ")"}});
    html.empty("line", {{"x1", "0"}, {"y1", "0"}, {"x2", "0"}, {"y2", spacing}});
    html.close();
  };
  hatch("hatch-partial", "9", "45");
  hatch("hatch-gap", "5", "-45");
  html.close().close();
}

void draw_chart(Html& html, const Words& words, const session::SessionDocument& document,
                const Chart& chart) {
  Scale scale;
  fit_values(chart, scale);
  const auto [from, to] = time_span(document);
  const double wanted = std::ceil((to - from) / kLongestStrip);
  const bool is_long = (to - from) > 1.5 * kLongestStrip;
  const int strips = is_long ? static_cast<int>(std::clamp(wanted, 1.0, double(chart.most_strips))) : 1;
  html.open("div", {{"class", strips > 1 ? "several" : "one"}});
  for (int i = 0; i < strips; ++i) {
    scale.from = from + (to - from) * (double(i) / strips);
    scale.to = from + (to - from) * (double(i + 1) / strips);
    Strip{html, words, document, chart, scale}.draw();
  }
  html.close();
}

}  // namespace reprise::report
