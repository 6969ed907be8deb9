// SPDX-License-Identifier: Apache-2.0
#include "sensing/signals/even_grid.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "sensing/signals/sample_clock.h"

namespace reprise::sensing {
namespace {

constexpr const char* kEvenGrid = "bringing signals to an even rate";
constexpr double kJoinSamples = 1.6;  // unsourced default: neighbors of one sampling interval are joined
constexpr std::size_t kMaxPieces = 10'000;

void report_clock(const SampleClock& clock, double rate, double limit_s,
                  std::vector<SignalFinding>& findings) {
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
                        "Samples are missing in " + std::to_string(gaps) + " gaps of " + brief_number(gap_s) +
                            " s in total; the longest lasts " + brief_number(longest) + " s, from " +
                            brief_number(longest_at) + " s on.",
                        "Check the battery and the connection of the sensor."});
  }
  if (filled > 0) {
    findings.push_back(
        {"samples_interpolated", std::to_string(filled) + " single missing samples were interpolated.", ""});
  }
  const double jitter = regular > 0 ? std::sqrt(deviations / static_cast<double>(regular)) * rate : 0;
  if (jitter > kOnGridSamples) {
    findings.push_back({"uneven_times",
                        "The time between samples varies by " + brief_number(100 * jitter) +
                            " % (standard deviation); the samples were interpolated to " +
                            brief_number(rate) + " Hz.",
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
    findings.push_back({"rate_drift",
                        "The rate drifts from " + brief_number(begin) + " Hz at the start to " +
                            brief_number(end) + " Hz at the end.",
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
std::vector<Piece> pieces_of(const SampleClock& clock, double rate, double split_s) {
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

SignalGroup piece_on_grid(const SampleClock& clock, Piece piece, std::vector<SignalChannel>& columns,
                          double rate, double limit_samples, bool whole) {
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
  const SampleClock clock = clean_clock(std::move(times_s), findings);
  if (clock.times_s.size() < 2) {
    return fail(ErrorCode::nothing_measured, kEvenGrid, "there are fewer than two samples at different times",
                "check the column of times");
  }
  const double usual = median_step(clock);
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
