// SPDX-License-Identifier: Apache-2.0
#include "sensing/signals/rr_intervals_text.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "sensing/files/number_text.h"
#include "sensing/files/text_lines.h"

namespace reprise::sensing {
namespace {

constexpr const char* kReadingRr = "reading RR intervals";
constexpr std::size_t kMaxIntervals = 10'000'000;
constexpr double kMillisecondsFrom = 10;  // no RR interval lasts 10 s; unsourced default
constexpr double kLongestBeatS = 10;

tl::unexpected<Error> bad_line(std::size_t line, std::string_view text) {
  return fail(ErrorCode::corrupt, kReadingRr,
              "line " + std::to_string(line) + " is '" + shown(text) + "', not a number",
              "give one interval per line");
}

SignalRecording beats_of(const std::vector<double>& intervals) {
  std::vector<double> sorted = intervals;
  const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
  std::nth_element(sorted.begin(), middle, sorted.end());
  const bool in_ms = *middle >= kMillisecondsFrom;
  SignalRecording out;
  out.format = "RR intervals";
  out.annotations.reserve(intervals.size() + 1);
  out.annotations.push_back({Seconds{0}, "N"});
  double time_s = 0;
  std::size_t impossible = 0;
  for (const double value : intervals) {
    const double seconds = in_ms ? value / 1000 : value;
    if (!(seconds > 0 && seconds <= kLongestBeatS)) ++impossible;
    if (!(seconds > 0)) continue;
    time_s += seconds;
    out.annotations.push_back({Seconds{time_s}, "N"});
  }
  out.findings.push_back(
      {"rr_unit", std::string{"The intervals were taken as "} + (in_ms ? "milliseconds." : "seconds."), ""});
  if (impossible > 0) {
    out.findings.push_back({"rr_impossible",
                            std::to_string(impossible) + " intervals are not positive or longer than 10 s.",
                            "Check the electrodes or the strap."});
  }
  return out;
}

struct PolarFile {
  std::string date, start_time;
  double interval = 0;
  std::vector<double> first_column;
};

Result<PolarFile> parse_polar(std::string_view text) {
  PolarFile file;
  std::string_view section;
  for (std::size_t line_number = 1; !text.empty(); ++line_number) {
    const std::string_view line = trimmed(take_line(text));
    if (line.starts_with('[')) {
      section = line;
      continue;
    }
    if (line.empty()) continue;
    if (section == "[Params]") {
      if (line.starts_with("Date=")) file.date = line.substr(5, 8);
      if (line.starts_with("StartTime=")) file.start_time = line.substr(10, 8);
      if (line.starts_with("Interval=")) file.interval = parse_number(line.substr(9)).value_or(0);
    }
    if (section != "[HRData]") continue;
    const auto value = parse_number(line.substr(0, line.find_first_of(" \t")));
    if (!value || !std::isfinite(*value)) return bad_line(line_number, line);
    if (file.first_column.size() == kMaxIntervals)
      return fail(ErrorCode::unsupported, kReadingRr, "there are more than 10 million rows",
                  "split the file");
    file.first_column.push_back(*value);
  }
  if (file.first_column.empty()) {
    return fail(ErrorCode::nothing_measured, kReadingRr, "there is no row in the section [HRData]",
                "export the exercise again");
  }
  return file;
}

Result<SignalRecording> from_polar(const PolarFile& file) {
  constexpr double kIntervalOfRr = 238;  // as both example files of RR intervals have it; unsourced
  SignalRecording out;
  if (file.interval == kIntervalOfRr) {
    out = beats_of(file.first_column);
  } else if (file.interval > 0 && file.interval <= 3600) {
    out.groups.push_back({"", rate(Seconds{file.interval}), Seconds{0}, {}});
    out.groups.back().channels.push_back({"heart_rate", "/min", {}, {}, file.first_column, {}});
  } else {
    return fail(ErrorCode::unsupported, kReadingRr,
                "the Polar file's Interval is " + std::to_string(file.interval) +
                    "; 238 (RR intervals) and seconds from 1 to 3600 are read",
                "export the exercise again");
  }
  out.format = "Polar HRM";
  if (file.date.size() == 8) {
    out.recorded_at = file.date.substr(0, 4) + "-" + file.date.substr(4, 2) + "-" + file.date.substr(6, 2);
    if (file.start_time.size() == 8) out.recorded_at += "T" + file.start_time;
  }
  return out;
}

/// The numbers of a list, one a line. Empty vector with an error: a line is no number.
Result<std::vector<double>> parse_list(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::vector<double> values;
  bool header_allowed = true;
  for (std::size_t line_number = 1; !text.empty(); ++line_number) {
    const std::string_view line = trimmed(take_line(text));
    if (line.empty() || line.starts_with('#')) continue;
    const auto value = parse_number(line);
    if (!value || !std::isfinite(*value)) {
      if (!header_allowed) return bad_line(line_number, line);
      header_allowed = false;
      continue;
    }
    header_allowed = false;
    if (values.size() == kMaxIntervals)
      return fail(ErrorCode::unsupported, kReadingRr, "there are more than 10 million intervals",
                  "split the recording");
    values.push_back(*value);
  }
  if (values.empty())
    return fail(ErrorCode::nothing_measured, kReadingRr, "there is no interval",
                "give one interval per line");
  return values;
}

}  // namespace

bool looks_like_rr_intervals(std::string_view text) {
  if (text.starts_with("[Params]")) return true;
  text = text.substr(0, 20000);
  if (text.size() == 20000) text = text.substr(0, text.rfind('\n') + 1);
  // A comment with a sampling rate tells of samples.
  const std::string low = lower_case(text.substr(0, 2000));
  if (low.find("rate") != std::string::npos || low.find("hz") != std::string::npos) return false;
  auto values = parse_list(text);
  if (!values) return false;
  // 30 to 200 beats a minute in the median; raw samples of converters lie elsewhere, e.g. around 2048.
  const auto middle = values->begin() + static_cast<std::ptrdiff_t>(values->size() / 2);
  std::nth_element(values->begin(), middle, values->end());
  const double median = *middle;
  const double unit = median >= kMillisecondsFrom ? 1000 : 1;
  if (median < 0.3 * unit || median > 2 * unit) return false;
  const auto plausible =
      std::count_if(values->begin(), values->end(), [&](double v) { return v > 0.2 * unit && v < 3 * unit; });
  const bool positive = std::all_of(values->begin(), values->end(), [](double v) { return v >= 0; });
  return positive && 10 * static_cast<std::size_t>(plausible) >= 8 * values->size();
}

Result<SignalRecording> parse_rr_intervals(std::string_view text) {
  if (text.starts_with("[Params]")) {
    const auto file = parse_polar(text);
    if (!file) return tl::unexpected(file.error());
    return from_polar(*file);
  }
  const auto values = parse_list(text);
  if (!values) return tl::unexpected(values.error());
  return beats_of(*values);
}

}  // namespace reprise::sensing
