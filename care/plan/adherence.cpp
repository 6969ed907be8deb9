// SPDX-License-Identifier: Apache-2.0
#include "care/plan/adherence.h"

#include <algorithm>
#include <map>

namespace reprise::care {
namespace {

constexpr int kWeek = 7;

fhir::Day monday_of(fhir::Day day) {
  constexpr fhir::Day kFirstMonday = 4;  // 1970-01-05
  const fhir::Day off = (day - kFirstMonday) % kWeek;
  return day - (off < 0 ? off + kWeek : off);
}

double sets_a_day(const exercises::Dosage& dosage) {
  return static_cast<double>(dosage.sets * dosage.days_per_week) / kWeek;
}

using SetsByExercise = std::map<std::string, int>;

// Today is not over: open exercises of today are not missed ones.
void add_what_is_done(std::span<const PrescribedOnDay> today, const SetsByExercise& done,
                      std::map<std::string, double>& prescribed) {
  std::map<std::string, double> whole_day;
  for (const PrescribedOnDay& each : today) whole_day[each.exercise] += sets_a_day(each.dosage);
  for (const auto& [exercise, most] : whole_day) {
    const auto found = done.find(exercise);
    if (found != done.end()) prescribed[exercise] += std::min(most, static_cast<double>(found->second));
  }
}

}  // namespace

std::vector<AdherenceDay> adherence_days(const ProgrammeHistory& history, std::span<const SetOnDay> sets,
                                         fhir::Day from, fhir::Day today) {
  std::map<fhir::Day, int> done;
  for (const SetOnDay& set : sets) ++done[set.day];
  std::vector<AdherenceDay> days;
  auto before = history.on(from - 1);
  for (fhir::Day day = from; day <= today; ++day) {
    auto now = history.on(day);
    AdherenceDay one{day, 0, 0, !same_prescription(before, now)};
    for (const PrescribedOnDay& each : now) one.prescribed += sets_a_day(each.dosage);
    if (const auto found = done.find(day); found != done.end()) one.done = found->second;
    days.push_back(one);
    before = std::move(now);
  }
  return days;
}

std::vector<AdherenceWeek> adherence_weeks(const ProgrammeHistory& history, std::span<const SetOnDay> sets,
                                           fhir::Day from, fhir::Day today) {
  std::map<fhir::Day, SetsByExercise> done;
  SetsByExercise done_today;
  for (const SetOnDay& set : sets) {
    if (set.day <= today) ++done[monday_of(set.day)][set.exercise];
    if (set.day == today) ++done_today[set.exercise];
  }
  std::vector<AdherenceWeek> weeks;
  for (fhir::Day monday = monday_of(from); monday <= today; monday += kWeek) {
    AdherenceWeek week;
    week.monday = monday;
    week.running = monday == monday_of(today);
    std::map<std::string, double> prescribed;
    for (fhir::Day day = monday; day < monday + kWeek; ++day) {
      const auto now = history.on(day);
      if (!now.empty()) ++week.days;
      if (day < today) {
        for (const PrescribedOnDay& each : now) prescribed[each.exercise] += sets_a_day(each.dosage);
      } else if (day == today) {
        add_what_is_done(now, done_today, prescribed);
      }
    }
    const auto& counts = done[monday];
    for (const auto& [exercise, count] : counts) week.done += count;
    double counted = 0;
    for (const auto& [exercise, most] : prescribed) {
      const auto found = counts.find(exercise);
      week.prescribed += most;
      if (found != counts.end()) counted += std::min(most, static_cast<double>(found->second));
    }
    constexpr double kPercent = 100;
    if (week.prescribed > 0) week.percent = kPercent * counted / week.prescribed;
    weeks.push_back(week);
  }
  return weeks;
}

std::optional<double> mean_adherence(std::span<const AdherenceWeek> weeks) {
  double sum = 0;
  int days = 0;
  for (const AdherenceWeek& week : weeks) {
    if (week.running || !week.percent) continue;
    sum += *week.percent * week.days;
    days += week.days;
  }
  return days == 0 ? std::nullopt : std::optional{sum / days};
}

}  // namespace reprise::care
