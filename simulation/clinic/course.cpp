// SPDX-License-Identifier: Apache-2.0
#include "simulation/clinic/course.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "simulation/clinic/chance.h"

namespace reprise::simulation {
namespace {

constexpr std::array<std::string_view, 6> kSetbackNames = {"pain-flare", "dropout",      "plateau",
                                                           "range-lost", "warning-sign", "pain-limit"};
constexpr int kSettlingIn = 10;  // no setback in the first days of a programme
constexpr int kApart = 14;       // days between two setbacks
constexpr int kLately = 12;  // days before today in which more happens than before: a clinic looks at these
constexpr double kFlareFull = 2;  // days for which a flare is at its worst

bool may_come(const std::vector<Setback>& others, const Setback& one) {
  return std::none_of(others.begin(), others.end(), [&](const Setback& other) {
    return one.start <= other.end + kApart && other.start <= one.end + kApart;
  });
}

// A plateau means something only where more was to come.
bool can_stall(const SimulatedPerson& person, int day) {
  const double reached = person.progress.at(day - person.first_day);
  return reached < 0.88 && person.progress.plateau - reached > 0.12;
}

std::optional<int> draw_stall(Chance& chance, const SimulatedPerson& person, int earliest, int latest) {
  std::vector<int> possible;
  for (int day = earliest; day <= latest; ++day) {
    if (can_stall(person, day)) possible.push_back(day);
  }
  if (possible.empty()) return {};
  return possible[static_cast<std::size_t>(chance.whole(0, static_cast<int>(possible.size()) - 1))];
}

Setback draw_setback(Chance& chance, const SimulatedPerson& person, int days) {
  const int earliest = person.first_day + kSettlingIn;
  const int latest = days - 2;
  const int lately = std::max(earliest, days - kLately);
  Setback one;
  one.kind = static_cast<SetbackKind>(chance.weighted({0.35, 0.22, 0.18, 0.15, 0.1}));
  one.start = chance.happens(0.35) ? chance.whole(lately, latest) : chance.whole(earliest, latest);
  if (one.kind == SetbackKind::plateau) {
    const auto stall = draw_stall(chance, person, earliest, latest);
    if (!stall) one.kind = SetbackKind::pain_flare;
    one.start = stall.value_or(one.start);
  }
  int length = 0;
  switch (one.kind) {
    case SetbackKind::pain_flare:
      one.size = chance.between(2.5, 4.5);
      one.settle_days = chance.between(3, 7);
      length = static_cast<int>(kFlareFull + one.settle_days * std::log(one.size / 0.5));
      break;
    case SetbackKind::dropout: {
      const bool for_good = chance.happens(0.25);
      const int rare = person.habit == Habit::twice_a_week ? 8 : 0;
      length = for_good ? days : chance.whole(9 + rare, 24 + rare);
      break;
    }
    case SetbackKind::plateau: length = chance.whole(21, 45); break;
    case SetbackKind::range_lost:
      one.size = chance.between(0.18, 0.3);
      one.settle_days = chance.between(10, 25);
      length = static_cast<int>(one.settle_days * std::log(one.size / 0.05));
      break;
    default: length = chance.whole(2, 4); break;
  }
  one.end = std::min(one.start + length, days - 1);
  return one;
}

double flare_at(const Setback& flare, int day) {
  const double since = day - flare.start;
  if (since < 0) return 0;
  return flare.size * std::exp(-std::max(0.0, since - kFlareFull) / flare.settle_days);
}

}  // namespace

std::string_view name(SetbackKind kind) {
  return kSetbackNames[static_cast<std::size_t>(kind)];
}

std::vector<Setback> draw_setbacks(std::uint64_t seed, const SimulatedPerson& person, int days) {
  Chance chance{seed, {static_cast<std::uint64_t>(person.number), 2}};
  const std::size_t wanted = chance.weighted({0.25, 0.5, 0.25});
  std::vector<Setback> all;
  if (person.first_day + kSettlingIn > days - 2) return all;
  for (int i = 0; i < 8 && all.size() < wanted; ++i) {
    const Setback one = draw_setback(chance, person, days);
    if (may_come(all, one)) all.push_back(one);
  }
  std::sort(all.begin(), all.end(), [](const Setback& a, const Setback& b) { return a.start < b.start; });
  return all;
}

CourseDay course_at(const SimulatedPerson& person, const std::vector<Setback>& setbacks, int day) {
  CourseDay course;
  const double since = day - person.first_day;
  double range_days = since;
  double lost = 0;
  for (const Setback& one : setbacks) {
    const double within = day - one.start;
    if (within < 0) continue;
    switch (one.kind) {
      case SetbackKind::pain_flare: course.flare += flare_at(one, day); break;
      case SetbackKind::plateau: range_days -= std::min(day, one.end) - one.start; break;
      case SetbackKind::range_lost: lost += one.size * std::exp(-within / one.settle_days); break;
      case SetbackKind::dropout:
        if (day <= one.end) course.adherence = 0;
        break;
      default: break;
    }
  }
  course.pain = person.pain.at(since) + course.flare + 3 * lost;
  course.progress = person.progress.at(range_days) * (1 - 0.04 * course.flare) - lost;
  course.form = person.form.at(since) - course.flare;
  course.effort = person.effort.at(since) + 0.4 * course.flare;
  course.adherence *= 1 - 0.08 * std::min(course.flare, 5.0);
  return course;
}

}  // namespace reprise::simulation
