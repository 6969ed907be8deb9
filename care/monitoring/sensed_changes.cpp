// SPDX-License-Identifier: Apache-2.0
#include "care/monitoring/sensed_changes.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "base/time.h"
#include "engine/change/change_detector.h"

namespace reprise::care {
namespace {

using engine::ChangeShape;
using engine::DetectedChange;

constexpr fhir::Day kNewDays = 30;   // older changes are no news. Unsourced default
constexpr fhir::Day kSpikeDays = 7;  // Unsourced default

engine::ChangeOptions options_for(const SensedSeries& series) {
  engine::ChangeOptions options;
  options.least_size = series.watched.least;
  // Sessions of one exercise are too few to show the weekdays; a single one may matter.
  if (!series.exercise.empty()) {
    options.noise.season = 0;
    options.spikes = true;
  }
  return options;
}

std::vector<DetectedChange> changes_in(const SensedSeries& series) {
  engine::ChangeDetector detector{options_for(series)};
  for (const SensedPoint& point : series.points) {
    // Points are finite and in order.
    (void)detector.add({static_cast<double>(point.day), point.value, point.uncertainty});
  }
  return detector.changes();
}

std::string_view name_of(ChangeShape shape) {
  return shape == ChangeShape::spike ? "spike" : shape == ChangeShape::drift ? "drift" : "step";
}

Urgency urgency_of(const SensedSeries& series, double size) {
  const session::SignalBetter better = session::info(series.watched.measure).better;
  const bool gets_better = (better == session::SignalBetter::higher && size > 0) ||
                           (better == session::SignalBetter::lower && size < 0);
  return gets_better ? Urgency::watch : Urgency::soon;
}

// What began by the day of the closing is known to the clinician who closed it.
bool is_closed(const PatientTrajectory& course, const std::string& key, fhir::Day since) {
  return std::any_of(course.flags.begin(), course.flags.end(), [&](const RaisedFlag& flag) {
    return flag.rule == kSensedChange && flag.key == key && !flag.active &&
           since <= local_day_at(course, flag.closed_ms);
  });
}

RuleFinding finding_of_change(const SensedSeries& series, const DetectedChange& change) {
  const session::SignalMeasureInfo& facts = session::info(series.watched.measure);
  const auto day_of = [](double time) { return static_cast<fhir::Day>(std::floor(time)); };
  RuleFinding finding;
  finding.rule = kSensedChange;
  finding.version = engine::kChangeMethodVersion;
  finding.kind = RuleKind::change;
  finding.of = Watched::sensed;
  finding.urgency = urgency_of(series, change.size);
  finding.key = key_of(series);
  finding.exercise = series.exercise;
  finding.exercise_name = series.exercise_name;
  finding.side = series.side;
  finding.measure = facts.name;
  finding.unit = facts.ucum;
  finding.value = change.after;
  finding.before = change.before;
  finding.threshold = series.watched.least;
  finding.since = day_of(change.since);
  finding.sensed = SensedEvidence{series.measurement,
                                  series.part,
                                  std::string{name_of(change.shape)},
                                  change.half_width,
                                  day_of(change.since_earliest),
                                  day_of(change.since_latest),
                                  change.confidence,
                                  change.before_count,
                                  change.after_count,
                                  std::string{facts.unit},
                                  std::string{facts.label},
                                  facts.decimals};
  for (const SensedPoint& point : series.points) {
    const bool shows =
        change.shape == ChangeShape::spike ? point.day == finding.since : point.day >= finding.since;
    if (shows) finding.evidence.push_back(point.evidence);
  }
  return finding;
}

std::string shown(const RuleFinding& finding, double value) {
  std::array<char, 64> text{};
  const std::string& unit = finding.sensed->shown_unit;
  std::snprintf(text.data(), text.size(), "%.*f%s%s", finding.sensed->decimals, value,
                unit.empty() || unit == "/min" ? "" : " ", unit.c_str());
  return text.data();
}

}  // namespace

std::vector<RuleFinding> find_sensed_changes(std::span<const SensedSeries> all,
                                             const PatientTrajectory& course, std::int64_t now_ms) {
  const fhir::Day today = local_day_at(course, now_ms);
  std::vector<RuleFinding> found;
  for (const SensedSeries& series : all) {
    const auto changes = changes_in(series);
    const auto newest = std::find_if(changes.rbegin(), changes.rend(), [&](const DetectedChange& change) {
      const bool spike = change.shape == ChangeShape::spike;
      return !change.ended && change.said >= static_cast<double>(today - (spike ? kSpikeDays : kNewDays));
    });
    if (newest == changes.rend()) continue;
    RuleFinding finding = finding_of_change(series, *newest);
    if (!is_closed(course, finding.key, finding.since)) found.push_back(std::move(finding));
  }
  return found;
}

std::string words_of_sensed(const RuleFinding& finding) {
  const SensedEvidence& sensed = *finding.sensed;
  const double size = finding.value - finding.before;
  std::string what = sensed.label;
  for (const std::string& more : {sensed.part, finding.side, finding.exercise_name})
    if (!more.empty()) what += ", " + more;
  const auto days = [](int count) { return std::to_string(count) + (count == 1 ? " day" : " days"); };
  std::array<char, 16> sure{};
  std::snprintf(sure.data(), sure.size(), "%.0f %%", std::min(99.0, std::floor(100 * sensed.confidence)));
  return what + (size > 0 ? ": up " : ": down ") + shown(finding, std::abs(size)) + " ± " +
         shown(finding, sensed.half_width) + (sensed.shape == "spike" ? " on " : " since ") +
         fhir::date_of(finding.since) + " (" + shown(finding, finding.value) + ", usually " +
         shown(finding, finding.before) + "; " + days(sensed.after_count) + " against " +
         days(sensed.before_count) + ", " + sure.data() + " sure; change detector " +
         std::to_string(finding.version) + ")";
}

}  // namespace reprise::care
