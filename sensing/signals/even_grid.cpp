// SPDX-License-Identifier: Apache-2.0
#include "sensing/signals/even_grid.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "sensing/files/number_text.h"

namespace reprise::sensing {
namespace {

constexpr const char* kEvenGrid = "bringing signals to an even rate";
// Unsourced default. Times rounded to 1 ms at 200 Hz are off by 0.1.
constexpr double kOnGridSamples = 0.2;
constexpr double kJoinSamples = 1.6;  // unsourced default: neighbors of one sampling interval are joined
constexpr std::size_t kPersistentRows = 5;
constexpr std::size_t kMaxPieces = 10'000;

/// `value` with at most three decimals.
std::string brief(double value) {
  std::string text;
  append_fixed(text, value, 3);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

double median_of(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

std::vector<double> steps_of(const std::vector<double>& times, std::size_t from, std::size_t to) {
  std::vector<double> steps;
  steps.reserve(to - from);
  for (std::size_t i = from + 1; i < to; ++i) {
    const double step = times[i] - times[i - 1];
    if (step > 0) steps.push_back(step);
  }
  return steps;
}

/// Times that rise strictly, and the rows that they belong to.
struct Clock {
  std::vector<double> times_s;
  std::vector<std::size_t> rows;
};

/// Spreads runs of equal times evenly up to the next time, where three rows in ten repeat their time.
void spread_coarse(std::vector<double>& times, std::vector<SignalFinding>& findings) {
  std::size_t repeated = 0;
  for (std::size_t i = 1; i < times.size(); ++i) repeated += times[i] == times[i - 1] ? 1 : 0;
  if (10 * repeated < 3 * times.size()) return;
  const auto steps = steps_of(times, 0, times.size());
  if (steps.empty()) return;
  const double tick = median_of(steps);
  for (std::size_t i = 0; i < times.size();) {
    std::size_t end = i + 1;
    while (end < times.size() && times[end] == times[i]) ++end;
    const double next = end < times.size() && times[end] > times[i] ? times[end] : times[i] + tick;
    const double width = std::min(next - times[i], tick) / static_cast<double>(end - i);
    const double first = times[i];
    for (std::size_t k = i; k < end; ++k) times[k] = first + width * static_cast<double>(k - i);
    i = end;
  }
  findings.push_back({"coarse_times",
                      "Several samples share each time (one every " + brief(tick) +
                          " s); they were spread evenly between the times.",
                      "Export times with more digits."});
}

Clock clean_clock(std::vector<double> times, std::vector<SignalFinding>& findings) {
  Clock clock;
  const std::size_t all = times.size();
  std::vector<std::size_t> rows;
  rows.reserve(all);
  for (std::size_t i = 0; i < all; ++i) {
    if (std::isfinite(times[i])) times[rows.size()] = times[i], rows.push_back(i);
  }
  times.resize(rows.size());
  if (times.size() < all) {
    findings.push_back(
        {"times_missing", std::to_string(all - times.size()) + " rows have no time and were left out.", ""});
  }
  spread_coarse(times, findings);
  const auto steps = steps_of(times, 0, times.size());
  const double usual = steps.empty() ? 0 : median_of(steps);
  double offset = 0, largest_back = 0, first_back = 0;
  std::size_t doubled = 0, disordered = 0, backs = 0;
  clock.times_s.reserve(times.size());
  clock.rows.reserve(times.size());
  for (std::size_t i = 0; i < times.size(); ++i) {
    double t = times[i] + offset;
    if (!clock.times_s.empty() && t <= clock.times_s.back()) {
      const double last = clock.times_s.back();
      const std::size_t ahead = std::min(times.size(), i + 1 + kPersistentRows);
      const bool persistent = t < last && i + 1 < times.size() &&
                              std::all_of(times.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                                          times.begin() + static_cast<std::ptrdiff_t>(ahead),
                                          [&](double next) { return next + offset < last; });
      if (!persistent) {
        (t == last ? doubled : disordered) += 1;
        continue;
      }
      if (backs++ == 0) first_back = last;
      largest_back = std::max(largest_back, last - t);
      offset += last + usual - t;
      t = last + usual;
    }
    clock.times_s.push_back(t);
    clock.rows.push_back(rows[i]);
  }
  if (doubled > 0) {
    findings.push_back({"doubled_times",
                        std::to_string(doubled) + " rows repeat the time before; the first one counts.", ""});
  }
  if (disordered > 0) {
    findings.push_back({"times_out_of_order",
                        std::to_string(disordered) + " rows lie before the row above and were left out.",
                        ""});
  }
  if (backs > 0) {
    findings.push_back({"clock_set_back",
                        "The clock went back " + std::to_string(backs) + " times, by " + brief(largest_back) +
                            " s at most, first at " + brief(first_back) +
                            " s; the samples after it follow without a gap.",
                        "Check that the device's clock was not changed during the recording."});
  }
  return clock;
}

/// Straight line of times over sample numbers, with an offset of its own for each stretch between gaps.
struct RateFit {
  double xx = 0, xy = 0;  // of all stretches, about their means
  double longest = 0;     // samples of the longest stretch
  double square_deviations = 0;
  double samples = 0;

  [[nodiscard]] double step() const { return xy / xx; }
};

/// Numbers the samples by following the clock with a gain of 0.2 (unsourced), so that jitter of less than
/// half a step neither adds nor drops one, and single missing samples are counted.
RateFit fit_rate(const Clock& clock, double step_s) {
  RateFit fit;
  double n = 0, x = 0, y = 0, xx = 0, xy = 0, number = 0, expected = 0, begin = 0;
  const auto close_stretch = [&] {
    if (n < 2) return;
    fit.xx += xx - x * x / n;
    fit.xy += xy - x * y / n;
    fit.longest = std::max(fit.longest, number);
  };
  for (std::size_t i = 0; i < clock.times_s.size(); ++i) {
    const double t = clock.times_s[i];
    const double steps = i > 0 ? std::max(1.0, std::round((t - expected) / step_s)) : 0;
    if (i == 0 || steps > 10) {
      close_stretch();
      n = x = y = xx = xy = number = 0;
      expected = begin = t;
    } else {
      number += steps;
      const double ahead = t - (expected + steps * step_s);
      expected += steps * step_s + 0.2 * ahead;
      fit.square_deviations += ahead * ahead;
      ++fit.samples;
    }
    const double since = t - begin;
    ++n, x += number, y += since, xx += number * number, xy += number * since;
  }
  close_stretch();
  return fit;
}

/// The rate that the times show outside of gaps; a whole number where they cannot tell it apart.
double rate_of(const Clock& clock, double usual_step) {
  RateFit fit = fit_rate(clock, usual_step);
  if (fit.xx > 0 && fit.step() > 0.5 * usual_step) fit = fit_rate(clock, fit.step());
  const double step = fit.xx > 0 && fit.step() > 0.5 * usual_step ? fit.step() : usual_step;
  const double rate = 1 / step;
  // Whole rates, and whole numbers of seconds between samples.
  const double round_rate = rate >= 1 ? std::round(rate) : 1 / std::round(step);
  const double shift_samples = std::abs(rate / round_rate - 1) * fit.longest;
  const double jitter = std::sqrt(fit.square_deviations / std::max(1.0, fit.samples)) / step;
  const bool jitters = jitter > kOnGridSamples / 2 && std::abs(rate / round_rate - 1) < 0.01;
  return shift_samples < kOnGridSamples || jitters ? round_rate : rate;
}

void report_clock(const Clock& clock, double rate, double limit_s, std::vector<SignalFinding>& findings) {
  std::size_t filled = 0, gaps = 0;
  double gap_s = 0, longest = 0, longest_at = 0, deviations = 0;
  std::size_t regular = 0;
  for (std::size_t i = 1; i < clock.times_s.size(); ++i) {
    const double step = clock.times_s[i] - clock.times_s[i - 1];
    if (step > limit_s) {
      ++gaps;
      gap_s += step;
      if (step > longest) longest = step, longest_at = clock.times_s[i - 1];
    } else if (step * rate > 1.5) {
      filled += static_cast<std::size_t>(std::lround(step * rate)) - 1;
    } else {
      deviations += (step - 1 / rate) * (step - 1 / rate);
      ++regular;
    }
  }
  if (gaps > 0) {
    findings.push_back({"gaps",
                        "Samples are missing in " + std::to_string(gaps) + " gaps of " + brief(gap_s) +
                            " s in total; the longest lasts " + brief(longest) + " s, from " +
                            brief(longest_at) + " s on.",
                        "Check the battery and the connection of the sensor."});
  }
  if (filled > 0) {
    findings.push_back(
        {"samples_interpolated", std::to_string(filled) + " single missing samples were interpolated.", ""});
  }
  const double jitter = regular > 0 ? std::sqrt(deviations / static_cast<double>(regular)) * rate : 0;
  if (jitter > kOnGridSamples) {
    findings.push_back({"uneven_times",
                        "The time between samples varies by " + brief(100 * jitter) +
                            " % (standard deviation); the samples were interpolated to " + brief(rate) +
                            " Hz.",
                        ""});
  }
  const std::size_t tenth = clock.times_s.size() / 10;
  if (tenth < 50) return;
  const auto mean_step = [&](std::size_t from, std::size_t to) {
    double sum = 0;
    std::size_t count = 0;
    for (std::size_t i = from + 1; i < to; ++i) {
      const double step = clock.times_s[i] - clock.times_s[i - 1];
      if (step * rate < 1.5) sum += step, ++count;
    }
    return count > 0 ? sum / static_cast<double>(count) : 1 / rate;
  };
  const double begin = 1 / mean_step(0, tenth);
  const double end = 1 / mean_step(clock.times_s.size() - tenth, clock.times_s.size());
  if (std::abs(end / begin - 1) > 0.01) {
    findings.push_back(
        {"rate_drift",
         "The rate drifts from " + brief(begin) + " Hz at the start to " + brief(end) + " Hz at the end.",
         ""});
  }
}

void add_missing(SignalChannel& channel, std::size_t begin, std::size_t end) {
  if (begin >= end) return;
  if (!channel.missing.empty() && channel.missing.back().end == begin) {
    channel.missing.back().end = end;
  } else {
    channel.missing.push_back({begin, end});
  }
}

/// Samples of one column at rising positions, in samples of the grid, to grid points 0 to `count` - 1.
template <class Value, class Position>
SignalChannel on_grid(SignalChannel empty, const Value& value, const Position& position, std::size_t rows,
                      std::size_t count, double limit_samples) {
  SignalChannel out = std::move(empty);
  out.values.assign(count, 0);
  std::size_t next = 0;  // the first grid point that has no value yet
  double last_position = 0, last_value = 0;
  bool any = false;
  for (std::size_t i = 0; i < rows; ++i) {
    const double v = value(i), p = position(i);
    if (!std::isfinite(v)) continue;
    if (!any || p - last_position > limit_samples) {
      const std::size_t first = std::min(count, static_cast<std::size_t>(std::max(0.0, std::ceil(p - 1e-6))));
      add_missing(out, next, first);
      for (; next < first; ++next) out.values[next] = last_value;
      last_position = p, last_value = v;
    }
    const double step = p > last_position ? (v - last_value) / (p - last_position) : 0;
    for (; next < count && static_cast<double>(next) <= p + 1e-6; ++next) {
      const double beyond = static_cast<double>(next) - p;
      out.values[next] = std::abs(beyond) < 1e-6 ? v : v + step * beyond;
    }
    last_position = p, last_value = v, any = true;
  }
  add_missing(out, next, count);
  for (; next < count; ++next) out.values[next] = last_value;
  return out;
}

SignalChannel without_values(const SignalChannel& from) {
  return {from.name, from.unit, from.sensor, from.meaning, {}, {}};
}

bool all_finite(const std::vector<double>& values) {
  return std::all_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); });
}

struct Piece {
  std::size_t begin = 0, end = 0;  // rows of the clock
};

/// Cuts at gaps too long to keep as missing samples: by time, or because of the memory that they would take.
std::vector<Piece> pieces_of(const Clock& clock, double rate, double split_s) {
  const double allowed = 4 * static_cast<double>(clock.times_s.size()) + 1e5;
  std::vector<Piece> pieces{{0, 0}};
  double missing = 0;
  for (std::size_t i = 1; i < clock.times_s.size(); ++i) {
    const double step = clock.times_s[i] - clock.times_s[i - 1];
    const double lost = std::max(0.0, step * rate - 1);
    if (step > split_s || missing + lost > allowed) {
      pieces.back().end = i;
      pieces.push_back({i, i});
    } else {
      missing += lost;
    }
  }
  pieces.back().end = clock.times_s.size();
  return pieces;
}

SignalGroup piece_on_grid(const Clock& clock, Piece piece, std::vector<SignalChannel>& columns, double rate,
                          double limit_samples, bool whole) {
  const double start = clock.times_s[piece.begin];
  const std::size_t rows = piece.end - piece.begin;
  std::vector<double> positions(rows);
  bool aligned = true;
  for (std::size_t i = 0; i < rows; ++i) {
    positions[i] = (clock.times_s[piece.begin + i] - start) * rate;
    const double nearest = std::round(positions[i]);
    aligned = aligned && std::abs(positions[i] - nearest) <= kOnGridSamples &&
              (i == 0 || nearest > std::round(positions[i - 1]));
  }
  if (aligned) {
    for (double& p : positions) p = std::round(p);
  }
  const auto count = static_cast<std::size_t>(std::floor(positions.back() + 1e-6)) + 1;
  SignalGroup group;
  group.rate = Hertz{rate};
  group.start = Seconds{start};
  for (auto& column : columns) {
    if (whole && aligned && count == column.values.size() && all_finite(column.values)) {
      group.channels.push_back(std::move(column));
      continue;
    }
    group.channels.push_back(on_grid(
        without_values(column), [&](std::size_t i) { return column.values[clock.rows[piece.begin + i]]; },
        [&](std::size_t i) { return positions[i]; }, rows, count, limit_samples));
    if (whole) column.values = {};
  }
  return group;
}

}  // namespace

Result<std::vector<SignalGroup>> even_groups(std::vector<double> times_s, std::vector<SignalChannel> columns,
                                             const EvenGridOptions& options,
                                             std::vector<SignalFinding>& findings) {
  const Clock clock = clean_clock(std::move(times_s), findings);
  if (clock.times_s.size() < 2) {
    return fail(ErrorCode::nothing_measured, kEvenGrid, "there are fewer than two samples at different times",
                "check the column of times");
  }
  const double usual = median_of(steps_of(clock.times_s, 0, clock.times_s.size()));
  const double rate = options.rate ? options.rate->value() : rate_of(clock, usual);
  const double limit_s = std::max(options.max_gap.value(), kJoinSamples * std::max(1 / rate, usual));
  report_clock(clock, rate, limit_s, findings);
  const auto pieces = pieces_of(clock, rate, options.split_gap.value());
  double values = 0;
  for (const Piece& piece : pieces)
    values += (clock.times_s[piece.end - 1] - clock.times_s[piece.begin]) * rate + 1;
  if (pieces.size() > kMaxPieces || !std::isfinite(values) ||
      values * static_cast<double>(columns.size()) > 2 * static_cast<double>(kMaxSignalValues)) {
    return fail(ErrorCode::unsupported, kEvenGrid,
                "the times have " + std::to_string(pieces.size() - 1) + " long gaps, or need more than " +
                    std::to_string(2 * kMaxSignalValues) + " values at an even rate",
                "check the column of times, or split the recording");
  }
  if (pieces.size() > 1) {
    findings.push_back({"recording_split",
                        "Long gaps cut the recording into " + std::to_string(pieces.size()) + " parts.", ""});
  }
  std::vector<SignalGroup> groups;
  groups.reserve(pieces.size());
  for (const Piece& piece : pieces)
    groups.push_back(piece_on_grid(clock, piece, columns, rate, limit_s * rate, pieces.size() == 1));
  return groups;
}

SignalGroup even_group(std::vector<SignalChannel> columns, Hertz rate, Seconds start,
                       const EvenGridOptions& options) {
  const double limit = std::max(options.max_gap * rate.value() / Seconds{1}, kJoinSamples);
  SignalGroup group;
  group.rate = rate;
  group.start = start;
  for (auto& column : columns) {
    if (all_finite(column.values)) {
      group.channels.push_back(std::move(column));
      continue;
    }
    const std::size_t rows = column.values.size();
    group.channels.push_back(on_grid(
        without_values(column), [&](std::size_t i) { return column.values[i]; },
        [](std::size_t i) { return static_cast<double>(i); }, rows, rows, limit));
  }
  return group;
}

}  // namespace reprise::sensing
