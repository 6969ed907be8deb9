// SPDX-License-Identifier: Apache-2.0
#include "care/monitoring/evaluate_rules.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "base/time.h"
#include "care/monitoring/balance_ready.h"
#include "care/monitoring/sensed_changes.h"
#include "care/outcome/direction_of_improvement.h"
#include "engine/signal/median.h"

namespace reprise::care {
namespace {

constexpr double kTiny = 1e-9;
constexpr int kUsualDays = 42;  // the usual gap is taken from the six weeks before the last session
constexpr std::size_t kLeastGaps = 3;
constexpr double kHundredths = 0.01;  // rules give ratios in hundredths

// Keeps one point a day: the highest pain and effort, the best quality, the farthest range.
std::vector<CoursePoint> by_day(const TrajectorySeries& series) {
  const bool least = series.of == Watched::range && !series.rising;
  std::vector<CoursePoint> days;
  for (const CoursePoint& point : series.points) {
    if (days.empty() || days.back().day != point.day) {
      days.push_back(point);
    } else if (least ? point.value < days.back().value : point.value > days.back().value) {
      days.back() = point;
    }
  }
  return days;
}

Better better_of(const TrajectorySeries& series) {
  switch (series.of) {
    case Watched::pain: return better(Metric::pain);
    case Watched::effort: return better(Metric::effort);
    case Watched::quality: return better(Metric::quality);
    case Watched::range: return better(Metric::range, {series.rising, series.held});
    case Watched::sessions:
    case Watched::sensed:
    case Watched::balance: break;
  }
  return Better::none;
}

// Returns +1 where more is worse. Effort has no better direction, but a rule alerts when it rises.
double worse_sign(const TrajectorySeries& series) {
  return better_of(series) == Better::higher ? -1 : 1;
}

struct Level {
  double value = 0;
  double uncertainty = 0;
};

// Each new camera set-up has its own error, so several days together have a smaller one.
Level level_of(std::span<const CoursePoint> points) {
  std::vector<double> values;
  Level level;
  for (const CoursePoint& point : points) {
    values.push_back(point.value);
    level.uncertainty += point.uncertainty / static_cast<double>(points.size());
  }
  level.value = engine::exact_median(std::move(values));
  level.uncertainty /= std::sqrt(static_cast<double>(points.size()));
  return level;
}

// A difference below the measurement uncertainty is no change.
double threshold_of(const Rule& rule, double by, const Level& a, const Level& b) {
  return rule.of == Watched::range ? std::max(by, std::hypot(a.uncertainty, b.uncertainty)) : by;
}

double scaled(const Rule& rule, const TrajectorySeries& series) {
  return series.unit == "1" ? rule.by * kHundredths : rule.by;
}

const RaisedFlag* last_closed(const PatientTrajectory& course, const Rule& rule, const std::string& key) {
  const RaisedFlag* last = nullptr;
  for (const RaisedFlag& flag : course.flags) {
    // The rule does not matter: a clinician closes the finding, not the rule.
    if (flag.kind != name_of(rule.kind) || flag.of != name_of(rule.of) || flag.key != key || flag.active)
      continue;
    if (last == nullptr || flag.closed_ms > last->closed_ms) last = &flag;
  }
  return last;
}

RuleFinding finding_of(const Rule& rule, const TrajectorySeries& series) {
  RuleFinding finding;
  finding.rule = rule.id;
  finding.version = rule.version;
  finding.kind = rule.kind;
  finding.urgency = rule.urgency;
  finding.of = rule.of;
  finding.key = key_of(series);
  finding.exercise = series.exercise;
  finding.exercise_name = series.exercise_name;
  finding.side = series.side;
  finding.measure = series.measure;
  finding.unit = series.unit;
  return finding;
}

std::span<const CoursePoint> between(std::span<const CoursePoint> days, fhir::Day from, fhir::Day to) {
  const auto before = [](const CoursePoint& point, fhir::Day day) { return point.day < day; };
  const auto first = std::lower_bound(days.begin(), days.end(), from, before);
  const auto last = std::lower_bound(first, days.end(), to, before);
  return {first, last};
}

std::optional<RuleFinding> find_change(const Rule& rule, const TrajectorySeries& series,
                                       const PatientTrajectory& course, fhir::Day today) {
  const auto days = by_day(series);
  const auto wanted = static_cast<std::size_t>(rule.recent.points);
  if (days.size() < wanted) return {};
  const std::span<const CoursePoint> recent{days.data() + days.size() - wanted, wanted};
  const RaisedFlag* closed = last_closed(course, rule, key_of(series));
  if (recent.front().day <= today - rule.recent.days) return {};
  if (closed != nullptr && recent.front().time_ms <= closed->closed_ms) return {};
  const auto before = between(days, recent.front().day - rule.before.days, recent.front().day);
  if (before.size() < static_cast<std::size_t>(rule.before.points)) return {};
  const double sign = worse_sign(series);
  const auto less_bad = [&](const CoursePoint& a, const CoursePoint& b) {
    return sign * a.value < sign * b.value;
  };
  const CoursePoint& least = *std::min_element(recent.begin(), recent.end(), less_bad);
  Level usual = level_of(before);
  // The value that a clinician saw and closed is the new baseline while it lies in the window of the usual
  // value.
  if (closed != nullptr && local_day_at(course, closed->closed_ms) > today - rule.before.days)
    usual.value = sign * std::max(sign * usual.value, sign * closed->value);
  const double threshold = threshold_of(rule, scaled(rule, series), usual, level_of(recent));
  if (sign * (least.value - usual.value) < threshold - kTiny) return {};
  RuleFinding finding = finding_of(rule, series);
  finding.value = least.value;
  finding.before = usual.value;
  finding.threshold = threshold;
  finding.since = recent.front().day;
  for (const CoursePoint& point : recent) finding.evidence.push_back(point.evidence);
  return finding;
}

// Returns the gain of the least-squares line through the points over this many days.
double gain_of(std::span<const CoursePoint> points, int days) {
  double day = 0;
  double value = 0;
  const auto count = static_cast<double>(points.size());
  for (const CoursePoint& point : points) {
    day += static_cast<double>(point.day) / count;
    value += point.value / count;
  }
  double across = 0;
  double spread = 0;
  for (const CoursePoint& point : points) {
    const double off = static_cast<double>(point.day) - day;
    across += off * (point.value - value);
    spread += off * off;
  }
  return spread > 0 ? across / spread * (days - 1) : 0;
}

// Finds a plateau: the line through the last days hardly rises, and the value is short of the target.
std::optional<RuleFinding> find_plateau(const Rule& rule, const TrajectorySeries& series,
                                        const PatientTrajectory& course, fhir::Day today) {
  if (!series.target) return {};
  const auto days = by_day(series);
  const RaisedFlag* closed = last_closed(course, rule, key_of(series));
  const fhir::Day from = today - rule.recent.days + 1;
  const auto recent = between(days, from, today + 2);
  const auto before = between(days, from - rule.before.days, from);
  if (recent.size() < static_cast<std::size_t>(rule.recent.points) ||
      before.size() < static_cast<std::size_t>(rule.before.points)) {
    return {};
  }
  if (closed != nullptr && closed->closed_ms / kDayMs >= from) return {};
  // A patient who has only just resumed, or has stopped coming, is not on a plateau.
  const fhir::Day covered = recent.back().day - recent.front().day;
  if (recent.back().day < today - rule.recent.days / 3 || 2 * covered < rule.recent.days) return {};
  const double sign = -worse_sign(series);
  const double by = scaled(rule, series);
  if (sign * gain_of(recent, rule.recent.days) >= by - kTiny) return {};
  const Level now = level_of(recent);
  const double least = rule.short_of * (series.unit == "1" ? kHundredths : 1);
  if (sign * (*series.target - now.value) <= least + kTiny) return {};
  RuleFinding finding = finding_of(rule, series);
  finding.value = now.value;
  finding.before = *series.target;
  finding.threshold = by;
  finding.since = from;
  for (const CoursePoint& point : recent) finding.evidence.push_back(point.evidence);
  return finding;
}

// Returns the usual number of days between sessions.
double usual_gap(const PatientTrajectory& course) {
  const auto& sessions = course.sessions;
  std::vector<double> gaps;
  for (std::size_t i = 1; i < sessions.size(); ++i) {
    if (sessions[i].day > sessions.back().day - kUsualDays)
      gaps.push_back(static_cast<double>(sessions[i].day - sessions[i - 1].day));
  }
  constexpr double kWeek = 7;
  if (gaps.size() < kLeastGaps) return course.days_per_week > 0 ? kWeek / course.days_per_week : 0;
  // The 90th percentile or so, because weekends are usual, too.
  std::sort(gaps.begin(), gaps.end());
  constexpr double kNearlyAll = 0.9;
  const auto at = static_cast<std::size_t>(std::ceil(kNearlyAll * static_cast<double>(gaps.size()))) - 1;
  return gaps[at];
}

std::optional<RuleFinding> find_absence(const Rule& rule, const PatientTrajectory& course, fhir::Day today) {
  if (!course.has_programme) return {};
  std::optional<fhir::Day> last = course.programme_start;
  if (!course.sessions.empty()) last = std::max(last.value_or(INT64_MIN), course.sessions.back().day);
  const RaisedFlag* closed = last_closed(course, rule, "");
  if (closed != nullptr && last) last = std::max(*last, closed->closed_ms / kDayMs);
  const double gap = usual_gap(course);
  if (!last || gap <= 0) return {};
  const auto silent = static_cast<double>(today - *last);
  const double threshold = std::max(static_cast<double>(rule.least_days), rule.usual_gap * gap);
  if (silent < threshold - kTiny) return {};
  RuleFinding finding = finding_of(rule, TrajectorySeries{});
  finding.of = Watched::sessions;
  finding.unit = "d";
  finding.value = silent;
  finding.before = gap;
  finding.threshold = threshold;
  finding.since = *last;
  if (!course.sessions.empty()) finding.evidence.push_back(course.sessions.back().evidence);
  return finding;
}

int digits_of(std::string_view unit) {
  return unit == "deg" ? 0 : unit == "1" ? 2 : 1;
}

// Rounds as the pages do (web/fhir/amount.ts).
double shown(std::string_view unit, double value) {
  const double scale = std::pow(10, digits_of(unit));
  return std::round(value * scale) / scale;
}

// Subtracts the displayed values, so that the three numbers shown agree.
double shown_difference(const RuleFinding& finding) {
  return shown(finding.unit, shown(finding.unit, finding.value) - shown(finding.unit, finding.before));
}

std::string number(std::string_view unit, double value) {
  const double rounded = shown(unit, value);
  const bool whole = unit != "1" && rounded == std::round(rounded);
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.*f", whole ? 0 : digits_of(unit), rounded);
  return text.data();
}

std::string with_unit(const RuleFinding& finding, double value) {
  const char* after = finding.unit == "deg"                  ? "°"
                      : finding.unit != "1"                  ? ""
                      : finding.measure == "knee_separation" ? " of the distance between the ankles"
                                                             : " of leg length";
  return number(finding.unit, value) + after;
}

bool is_of_goal(const RuleFinding& finding) {
  return finding.key.rfind("goal:", 0) == 0;
}

int rank_of(std::string_view urgency) {
  return urgency == name_of(Urgency::now) ? 0 : urgency == name_of(Urgency::soon) ? 1 : 2;
}

bool same_thing(const RuleFinding& a, const RuleFinding& b) {
  return a.kind == b.kind && a.of == b.of && a.key == b.key;
}

// Keeps the most urgent finding of each series and kind.
void keep_most_urgent(std::vector<RuleFinding>& findings) {
  std::vector<RuleFinding> kept;
  for (RuleFinding& finding : findings) {
    const auto there = std::find_if(kept.begin(), kept.end(),
                                    [&](const RuleFinding& other) { return same_thing(other, finding); });
    if (there == kept.end()) {
      kept.push_back(std::move(finding));
    } else if (finding.urgency < there->urgency) {
      *there = std::move(finding);
    }
  }
  findings = std::move(kept);
}

const char* name_in_words(Watched of) {
  switch (of) {
    case Watched::pain: return "Pain";
    case Watched::effort: return "Effort";
    case Watched::range: return "Range";
    case Watched::quality: return "Movement quality";
    case Watched::sessions: return "Sessions";
    case Watched::sensed: return "Sensors";
    case Watched::balance: return "Balance";
  }
  return "";
}

std::string what_of(const RuleFinding& finding) {
  std::string what = name_in_words(finding.of);
  if (finding.exercise_name.empty()) return what;
  if (is_of_goal(finding)) return finding.exercise_name + (finding.side.empty() ? "" : ", " + finding.side);
  what += " in " + finding.exercise_name;
  return finding.side.empty() ? what : what + ", " + finding.side;
}

}  // namespace

std::vector<RuleFinding> evaluate_rules(std::span<const Rule> rules, const PatientTrajectory& course,
                                        std::int64_t now_ms) {
  const fhir::Day today = local_day_at(course, now_ms);
  std::vector<RuleFinding> found;
  for (const Rule& rule : rules) {
    if (rule.kind == RuleKind::absence) {
      if (auto finding = find_absence(rule, course, today)) found.push_back(std::move(*finding));
      continue;
    }
    for (const TrajectorySeries& series : course.series) {
      // Losses of an exercise are reported by its own series.
      if (series.of != rule.of || (series.goal && rule.kind != RuleKind::plateau)) continue;
      // A posture that is held neither improves nor worsens.
      if (series.of == Watched::range && better_of(series) == Better::none) continue;
      auto finding = rule.kind == RuleKind::change ? find_change(rule, series, course, today)
                                                   : find_plateau(rule, series, course, today);
      if (finding) found.push_back(std::move(*finding));
    }
  }
  keep_most_urgent(found);
  return found;
}

bool tells(const RaisedFlag& flag, const RuleFinding& finding) {
  return flag.kind == name_of(finding.kind) && flag.of == name_of(finding.of) && flag.key == finding.key;
}

bool is_less_urgent(const RaisedFlag& flag, const RuleFinding& finding) {
  return rank_of(flag.urgency) > rank_of(name_of(finding.urgency));
}

std::string words_of(const RuleFinding& finding) {
  if (finding.sensed) return words_of_sensed(finding);
  if (finding.of == Watched::balance) return words_of_balance(finding);
  const std::string since = fhir::date_of(finding.since);
  switch (finding.kind) {
    case RuleKind::change: {
      const double by = shown_difference(finding);
      const std::string amount = with_unit(finding, std::abs(by));
      const std::string values =
          " (" + with_unit(finding, finding.value) + ", usually " + with_unit(finding, finding.before);
      // A change rule reports a loss: where the value rose, lower is better.
      if (finding.of == Watched::range)
        return what_of(finding) + ": " + amount + (by > 0 ? " more" : " less") + " than usual since " +
               since + values + (by > 0 ? "; lower is better here)" : "; higher is better here)");
      return what_of(finding) + (by > 0 ? " up " : " down ") + amount +
             (finding.unit == "{score}" ? " points since " : " since ") + since + values + ")";
    }
    case RuleKind::plateau:
      return what_of(finding) + ": no progress since " + since + " (" + with_unit(finding, finding.value) +
             "; target " + (finding.value < finding.before ? "at least " : "at most ") +
             with_unit(finding, finding.before) + ")";
    case RuleKind::absence:
      return "No session for " + number(finding.unit, finding.value) + " days, since " + since +
             " (usually every " + number(finding.unit, finding.before) + ")";
  }
  return {};
}

}  // namespace reprise::care
