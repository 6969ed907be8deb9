// SPDX-License-Identifier: Apache-2.0
#include "sensing/signals/signal_csv.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>

#include "base/nearest_names.h"
#include "base/text.h"
#include "sensing/files/number_text.h"
#include "sensing/files/signal_unit.h"
#include "sensing/signals/activity_series.h"
#include "sensing/signals/text_table.h"

namespace reprise::sensing {
namespace {

constexpr const char* kReadingSignals = "reading signals from text";

/// Keeps the characters a to z and 0 to 9, in lower case.
std::string bare(std::string_view name) {
  std::string out;
  for (const char c : name) {
    const char low = lower_case(c);
    if ((low >= 'a' && low <= 'z') || (low >= '0' && low <= '9')) out += low;
  }
  return out;
}

bool one_of(const std::string& word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool names_time(const std::string& word) {
  return one_of(word, {"time",    "times",       "t",     "ts",      "zeit",         "seconds",  "sec",
                       "elapsed", "elapsedtime", "epoch", "epochms", "datetime",     "unixtime", "timems",
                       "timesec", "timems",      "ms",    "msec",    "milliseconds", "timeus",   "timens"}) ||
         word.find("timestamp") != std::string::npos;
}

bool names_counter(const std::string& word) {
  return one_of(word,
                {"sample", "samples", "index", "frame", "frames", "nr", "row", "packet", "seq", "nseq",
                 "counter", "no", "n", "id", "axis", "samplenumber", "packetcounter", "packetnumber"}) ||
         word.find("index") != std::string::npos;
}

/// Integers, each one above the one before, but for a few.
bool counts_up(const std::vector<double>& values) {
  std::size_t ones = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!(values[i] == std::floor(values[i])) || std::abs(values[i]) > 1e15) return false;
    ones += i > 0 && values[i] == values[i - 1] + 1 ? 1 : 0;
  }
  return values.size() > 1 && 10 * ones >= 9 * (values.size() - 1);
}

bool rises(const std::vector<double>& values) {
  std::size_t rising = 0;
  for (std::size_t i = 1; i < values.size(); ++i) rising += values[i] >= values[i - 1] ? 1 : 0;
  return values.size() > 1 && 50 * rising >= 49 * (values.size() - 1) && values.back() > values.front();
}

enum class TimeKind : std::uint8_t { none, time, counter };

struct TimeColumn {
  TimeKind kind = TimeKind::none;
  std::size_t column = 0;
  bool guessed = false;
};

TimeColumn find_time(const TextTable& table, const SignalTextOptions& options) {
  const auto& columns = table.columns;
  if (options.description && !options.description->time_column.empty()) {
    for (std::size_t c = 0; c < columns.size(); ++c) {
      if (columns[c].name == options.description->time_column) return {TimeKind::time, c};
    }
  }
  for (std::size_t c = 0; c < columns.size(); ++c) {
    if (columns[c].time_of_day) return {TimeKind::time, c};
  }
  for (std::size_t c = 0; c < columns.size(); ++c) {
    if (columns[c].named && names_time(bare(columns[c].name))) return {TimeKind::time, c};
  }
  if (columns.size() < 2) return {};
  for (std::size_t c = 0; c < columns.size(); ++c) {
    if (columns[c].named && names_counter(bare(columns[c].name)) && counts_up(columns[c].values))
      return {TimeKind::counter, c};
  }
  if (!columns[0].named && counts_up(columns[0].values)) return {TimeKind::counter, 0, true};
  if (!columns[0].named && rises(columns[0].values)) return {TimeKind::time, 0, true};
  return {};
}

struct TimeUnit {
  double factor = 1;
  bool since_1970 = false;
  bool guessed = false;
  std::string_view name = "seconds";
};

TimeUnit time_unit(const TextTable& table, const TextColumn& column) {
  if (column.time_of_day) return {1, !column.values.empty() && column.values.front() > 1e6};
  double largest = 0;
  for (const double v : column.values) {
    if (std::isfinite(v)) largest = std::max(largest, std::abs(v));
  }
  const bool epoch_unit = largest > 1e11;
  if (const auto si = si_unit(column.unit); si && si->unit == "s")
    return {si->factor, largest * si->factor > 1e8, false};
  if (epoch_unit) {
    if (largest > 1e17) return {1e-9, true, true, "nanoseconds since 1970"};
    if (largest > 1e14) return {1e-6, true, true, "microseconds since 1970"};
    return {1e-3, true, true, "milliseconds since 1970"};
  }
  const std::string name = bare(column.name);
  if (name.ends_with("ms") || name.ends_with("msec") || name == "milliseconds") return {1e-3};
  if (name.ends_with("us")) return {1e-6};
  if (largest > 1e8) return {1, true, true, "seconds since 1970"};
  std::vector<double> steps;
  for (std::size_t i = 1; i < column.values.size(); ++i) {
    const double step = column.values[i] - column.values[i - 1];
    if (step > 0) steps.push_back(step);
  }
  if (steps.empty()) return {};
  std::nth_element(steps.begin(), steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2), steps.end());
  const double usual = steps[steps.size() / 2];
  const bool slow = std::any_of(table.columns.begin(), table.columns.end(), [](const TextColumn& c) {
    const std::string word = bare(c.name);
    return c.unit == "/min" || word == "hr" || word.find("heartrate") != std::string::npos;
  });
  // Signals of movement and of the heart are faster than one sample in 1.5 seconds.
  if (usual > 1.5 && !slow) return {1e-3, false, true, "milliseconds"};
  return {};
}

Result<void> apply_description(TextTable& table, std::vector<SignalChannel>& channels,
                               const ColumnDescription& description) {
  std::vector<std::string> names;
  for (const auto& column : table.columns) names.push_back(column.name);
  const auto unknown = [&](const std::string& name) {
    return fail(
        ErrorCode::invalid_argument, kReadingSignals,
        "the description names the column '" + shown(name) + "', which the table does not have",
        "use one of its columns: " + any_of(std::span{names}.first(std::min<std::size_t>(names.size(), 20))));
  };
  if (!description.time_column.empty() &&
      std::find(names.begin(), names.end(), description.time_column) == names.end())
    return unknown(description.time_column);
  for (const auto& column : description.columns) {
    bool found = false;
    for (std::size_t c = 0; c < names.size(); ++c) {
      if (names[c] != column.name) continue;
      found = true;
      if (!column.unit.empty()) channels[c].unit = table.columns[c].unit = column.unit;
      if (!column.sensor.empty()) channels[c].sensor = column.sensor;
      channels[c].meaning = column.meaning;
    }
    if (!found) return unknown(column.name);
  }
  return {};
}

void report_table(const TextTable& table, std::vector<SignalFinding>& findings) {
  if (table.dropped_rows > 0) {
    findings.push_back(
        {"rows_dropped",
         std::to_string(table.dropped_rows) + " rows have another number of cells and were left out.",
         "Export the table again."});
  }
  if (table.cut_off) {
    findings.push_back(
        {"cut_off", "The last row is incomplete; the file seems to be cut off.", "Copy the file again."});
  }
  for (const TextColumn& column : table.columns) {
    if (column.unreadable == 0) continue;
    findings.push_back({"unreadable_cells",
                        "Column '" + shown(column.name) + "' has " + std::to_string(column.unreadable) +
                            " cells that are no numbers; they count as missing.",
                        ""});
  }
}

/// One group per sensor, in the order of the columns.
std::vector<SignalGroup> by_sensor(SignalGroup group) {
  std::vector<SignalGroup> groups;
  for (auto& channel : group.channels) {
    auto at = std::find_if(groups.begin(), groups.end(),
                           [&](const SignalGroup& g) { return g.name == channel.sensor; });
    if (at == groups.end()) at = groups.insert(at, {channel.sensor, group.rate, group.start, {}});
    at->channels.push_back(std::move(channel));
  }
  return groups;
}

/// Seconds of the rows; from 0 where the clock has a date.
std::vector<double> times_of(const TextTable& table, TextColumn column, const TimeColumn& where,
                             SignalRecording& out) {
  std::vector<double> times = std::move(column.values);
  const TimeUnit unit = time_unit(table, table.columns[where.column]);
  double zero = 0;
  if (unit.since_1970 || column.time_of_day) {
    const auto first = std::find_if(times.begin(), times.end(), [](double t) { return std::isfinite(t); });
    if (first != times.end()) zero = *first;
    out.recorded_at = unit.since_1970 ? iso_timestamp(zero * unit.factor) : table.first_timestamp;
  }
  for (double& t : times) t = (t - zero) * unit.factor;
  if (unit.guessed || where.guessed) {
    out.findings.push_back({"time_guessed",
                            "Column '" + shown(table.columns[where.column].name) +
                                "' was taken for the time in " + std::string{unit.name} + ".",
                            "If that is wrong, say so in a description of the columns (time_column, unit)."});
  }
  return times;
}

Result<void> counted_groups(std::vector<double> counter, std::vector<SignalChannel> channels, Hertz rate,
                            const EvenGridOptions& grid, SignalRecording& out) {
  bool gaps = false, backward = false;
  for (std::size_t i = 1; i < counter.size(); ++i) {
    gaps = gaps || counter[i] != counter[i - 1] + 1;
    backward = backward || !(counter[i] > counter[i - 1]);
  }
  if (backward) {
    out.findings.push_back(
        {"counter_ignored",
         "The counter of samples starts again or repeats; the rows were taken one after another.", ""});
  }
  if (!gaps || backward) {
    out.groups.push_back(even_group(std::move(channels), rate, Seconds{0}, grid));
    return {};
  }
  for (std::size_t i = counter.size(); i-- > 0;) counter[i] = (counter[i] - counter[0]) / rate.value();
  EvenGridOptions at_rate = grid;
  at_rate.rate = rate;
  auto groups = even_groups(std::move(counter), std::move(channels), at_rate, out.findings);
  if (!groups) return tl::unexpected(groups.error());
  out.groups = std::move(*groups);
  return {};
}

}  // namespace

Result<SignalRecording> parse_signal_text(std::string_view text, const SignalTextOptions& options) {
  auto table = parse_text_table(text);
  if (!table) return tl::unexpected(table.error());
  SignalRecording out;
  out.format = "text table";
  report_table(*table, out.findings);
  const TimeColumn time = find_time(*table, options);
  std::vector<SignalChannel> channels;
  for (const auto& column : table->columns)
    channels.push_back({column.name, column.unit, column.sensor, {}, {}, {}});
  if (options.description) {
    if (auto ok = apply_description(*table, channels, *options.description); !ok)
      return tl::unexpected(ok.error());
  }
  std::optional<Hertz> rate = options.rate;
  if (!rate && options.description && options.description->rate_hz)
    rate = Hertz{*options.description->rate_hz};
  EvenGridOptions grid = options.grid;
  if (rate) grid.rate = rate;
  if (!rate && table->rate_hz) rate = Hertz{*table->rate_hz};
  if (time.kind != TimeKind::time && !(rate && rate->value() > 0)) {
    return fail(ErrorCode::invalid_argument, kReadingSignals,
                "the table has neither a column of times nor a sampling rate",
                "give the rate, or rate_hz in a description of the columns");
  }
  std::vector<double> times;
  if (time.kind == TimeKind::time) {
    TextColumn column = table->columns[time.column];
    times = times_of(*table, std::move(column), time, out);
  } else if (time.kind == TimeKind::counter) {
    times = std::move(table->columns[time.column].values);
  }
  for (std::size_t c = 0; c < channels.size(); ++c) channels[c].values = std::move(table->columns[c].values);
  if (time.kind != TimeKind::none)
    channels.erase(channels.begin() + static_cast<std::ptrdiff_t>(time.column));
  if (channels.empty()) {
    return fail(ErrorCode::nothing_measured, kReadingSignals, "there is no column besides the times",
                "give a table with at least one signal");
  }
  if (time.kind == TimeKind::time) {
    auto groups = even_groups(std::move(times), std::move(channels), grid, out.findings);
    if (!groups) return tl::unexpected(groups.error());
    out.groups = std::move(*groups);
  } else {
    if (auto ok = counted_groups(std::move(times), std::move(channels), *rate, grid, out); !ok)
      return tl::unexpected(ok.error());
  }
  std::vector<SignalGroup> groups;
  for (auto& group : out.groups) {
    for (auto& part : by_sensor(std::move(group))) groups.push_back(std::move(part));
  }
  out.groups = std::move(groups);
  return out;
}

}  // namespace reprise::sensing
