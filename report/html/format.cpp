// SPDX-License-Identifier: Apache-2.0
#include "report/html/format.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace reprise::report {
namespace {

constexpr const char* kMinus = "\u2212";
constexpr const char* kNoBreak = "\u00a0";

// The number alone, without its unit.
std::string bare(engine::Measure measure, double value) {
  return fixed(engine::in_degrees(measure, value), engine::is_angle(measure) ? 0 : 2);
}

}  // namespace

std::string fixed(double value, int decimals) {
  if (!std::isfinite(value) || std::abs(value) > 1e9) return {};
  std::array<char, 64> buffer{};
  const auto end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed, decimals);
  std::string text{buffer.data(), end.ptr};
  if (text[0] != '-') return text;
  text.erase(0, 1);
  return text.find_first_not_of("0.") == std::string::npos ? text : kMinus + text;
}

std::string coordinate(double value, int decimals) {
  std::string text = fixed(value, decimals);
  const std::string minus = "\u2212";
  if (text.rfind(minus, 0) == 0) text.replace(0, minus.size(), "-");
  return text.empty() ? "0" : text;
}

std::string value_text(engine::Measure measure, double value) {
  const std::string number = bare(measure, value);
  return number.empty() || !engine::is_angle(measure) ? number : number + "°";
}

std::string range_text(const session::MeasuredRange& range) {
  const std::string from = bare(range.measure, range.min);
  const std::string to = bare(range.measure, range.max);
  if (from.empty() || to.empty()) return {};
  const bool negative = from.rfind(kMinus, 0) == 0 || to.rfind(kMinus, 0) == 0;
  return from + (negative ? " to " : "–") + to + (engine::is_angle(range.measure) ? "°" : "");
}

std::string uncertainty_text(const session::MeasuredRange& range) {
  const std::string text = value_text(range.measure, range.uncertainty);
  return text.empty() ? text : std::string{"±"} + kNoBreak + text;
}

std::string seconds_text(Seconds value) {
  const std::string text = fixed(value.value(), 1);
  return text.empty() ? text : text + kNoBreak + "s";
}

std::string moment_text(Seconds value) {
  if (!(value >= Seconds{60}) || value > Seconds{1e6}) return seconds_text(value);
  const auto whole = static_cast<long>(std::lround(value.value()));
  constexpr long kHoursFrom = 6L * 3600;  // below, a recording is timed in minutes
  if (whole >= kHoursFrom) {
    const long minutes = std::lround(value.value() / 60);
    return std::to_string(minutes / 60) + kNoBreak + "h " + std::to_string(minutes % 60) + kNoBreak + "min";
  }
  const std::string rest = std::to_string(whole % 60);
  return std::to_string(whole / 60) + (rest.size() < 2 ? ":0" : ":") + rest;
}

std::string speed_text(engine::Measure measure, double value) {
  const std::string number = bare(measure, value);
  return number.empty() ? number : number + kNoBreak + (engine::is_angle(measure) ? "°/s" : "/s");
}

std::string percent_text(double share) {
  const double percent = std::clamp(100 * share, 0.0, 100.0);
  if (percent > 0 && percent < 1) return std::string{"under 1"} + kNoBreak + "%";
  const std::string number = fixed(percent, 0);
  return number.empty() ? number : number + kNoBreak + "%";
}

std::string neutral_zero_text(const session::MeasuredRange& range) {
  switch (range.measure) {
    case engine::Measure::shoulder_flexion:
    case engine::Measure::shoulder_abduction:
    case engine::Measure::elbow_flexion:
    case engine::Measure::hip_flexion:
    case engine::Measure::hip_abduction:
    case engine::Measure::knee_flexion:
    case engine::Measure::ankle_dorsiflexion: break;
    default: return {};
  }
  if (!std::isfinite(range.min) || !std::isfinite(range.max)) return {};
  const std::string low = bare(range.measure, std::abs(range.min));
  const std::string high = bare(range.measure, std::abs(range.max));
  if (range.max < 0) return low + "–" + high + "–0";
  return range.min < 0 ? low + "–0–" + high : "0–" + low + "–" + high;
}

double extreme_of(const session::MeasuredRange& range, const engine::ExerciseDefinition& definition) {
  return definition.target > definition.rest ? range.max : range.min;
}

}  // namespace reprise::report
