// SPDX-License-Identifier: Apache-2.0
#include "simulation/clinic/diary.h"

#include <algorithm>
#include <cmath>

#include "simulation/clinic/chance.h"

namespace reprise::simulation {
namespace {

constexpr int kWeek = 7;
constexpr int kPlateauShows = 14;    // days of no gain
constexpr double kFlareShows = 1.5;  // points that a flare must still add to be seen
constexpr double kLossShows = 0.1;
constexpr double kGain = 0.02;  // of the way to the target in the days above; less is none

int rating(double pain) {
  return std::clamp(static_cast<int>(std::lround(pain)), 0, 10);
}

class DiaryKeeper {
 public:
  DiaryKeeper(std::uint64_t seed, const SimulatedPerson& person, std::vector<Setback> setbacks, int days,
              int first_weekday)
      : seed_(seed), person_(person), days_(days), first_weekday_(first_weekday) {
    diary_.setbacks = std::move(setbacks);
    weekly_ = person_.first_day;
  }

  Diary run() {
    for (int day = person_.first_day; day < days_; ++day) live(day);
    for (Setback& one : diary_.setbacks) one.shows = shows(one);
    add_gaps();
    add_stall();
    std::stable_sort(diary_.setbacks.begin(), diary_.setbacks.end(),
                     [](const Setback& a, const Setback& b) { return a.start < b.start; });
    return std::move(diary_);
  }

 private:
  void live(int day) {
    Chance chance{seed_, {static_cast<std::uint64_t>(person_.number), 100 + static_cast<std::uint64_t>(day)}};
    // Ratings of the same pain vary from day to day, and a good day tends to follow a good one.
    mood_ = 0.5 * mood_ + chance.normal(0, person_.pain_noise * 0.866);
    const CourseDay course = course_at(person_, diary_.setbacks, day);
    const bool comes = chance.happens(probability(chance, day) * course.adherence);
    if (day != person_.first_day && (!comes || day < rests_until_)) return;
    diary_.sessions.push_back(session(chance, course, day));
  }

  // That of a day without setbacks.
  double probability(Chance& chance, int day) {
    const int weekday = (first_weekday_ + day) % kWeek;
    switch (person_.habit) {
      case Habit::daily: return 0.93;
      case Habit::usual: return 0.76;
      case Habit::weekdays: return weekday < 5 ? 0.9 : 0.05;
      case Habit::twice_a_week: {
        const int first = person_.number % 3;
        return weekday == first || weekday == first + 3 ? 0.9 : 0.04;
      }
      case Habit::irregular:
        away_ = away_ ? !chance.happens(0.35) : chance.happens(0.15);
        return away_ ? 0.08 : 0.82;
    }
    return 0;
  }

  DiarySession session(Chance& chance, const CourseDay& course, int day) {
    DiarySession one;
    one.day = day;
    one.minute = std::clamp(static_cast<int>(chance.normal(person_.usual_minute, 35)), 6 * 60, 21 * 60 + 15);
    const double felt = course.pain + mood_;
    one.pain_before = rating(felt);
    one.progress = course.progress + chance.normal(0, 0.02);
    one.form = course.form + chance.normal(0, 1.5);
    one.effort = rating(course.effort + chance.normal(0, 0.8));
    exercise(chance, course, felt, one);
    answer_warnings(one);
    if (chance.happens(course.flare > 1 ? 0.8 : 0.55) && day + 1 < days_) {
      const double next = course.pain + 0.5 * mood_ + chance.normal(0, 0.5);
      one.pain_next_morning = rating(next);
      one.settled = !(course.flare > kFlareShows && chance.happens(0.4));
    }
    if (day - weekly_ >= kWeek && chance.happens(0.8)) {
      one.weekly = true;
      weekly_ = day;
    }
    return one;
  }

  void exercise(Chance& chance, const CourseDay& course, double felt, DiarySession& one) {
    const bool late = one.day >= person_.change_day;
    const std::size_t exercises = (late ? person_.pathway->late : person_.pathway->early).size();
    const bool all = !chance.happens(0.08);
    const double more = std::max(-0.5, chance.normal(0.4 + 0.1 * course.flare, 0.4));
    const double after = felt + chance.normal(0.2, 0.5);
    const auto stops_at = static_cast<std::size_t>(chance.whole(1, static_cast<int>(exercises)));
    if (one.pain_before > person_.limits.stop) {
      note_limit(one.day);
      return;
    }
    one.pain_during = std::max(one.pain_before - 1, rating(felt + more));
    one.pain_after = rating(after);
    one.stopped =
        *one.pain_during > person_.limits.stop || *one.pain_during - one.pain_before >= person_.limits.rise;
    if (one.stopped) note_limit(one.day);
    one.sets = one.stopped ? stops_at : all ? exercises : std::max<std::size_t>(1, exercises - 1);
  }

  void note_limit(int day) { limits_.push_back({SetbackKind::pain_limit, day, day, 0, 1, false, day}); }

  void answer_warnings(DiarySession& one) {
    for (const Setback& setback : diary_.setbacks) {
      const bool its_day = setback.kind == SetbackKind::warning_sign && setback.start > warned_ &&
                           one.day >= setback.start && one.day <= setback.end + kWeek;
      if (!its_day) continue;
      one.warning = person_.pathway->warning;
      warned_ = one.day;
      // The session ends, and the clinic looks at it first.
      one.sets = 0;
      one.pain_during.reset();
      rests_until_ = std::max(setback.end, one.day + 2) + 1;
    }
    one.asks_warnings = one.day - asked_ >= kWeek || one.stopped || !one.warning.empty();
    if (one.asks_warnings) asked_ = one.day;
  }

  [[nodiscard]] const DiarySession* first_session(int from, int until) const {
    const auto found = std::find_if(diary_.sessions.begin(), diary_.sessions.end(),
                                    [&](const DiarySession& one) { return one.day >= from; });
    return found == diary_.sessions.end() || found->day > until ? nullptr : &*found;
  }

  [[nodiscard]] std::optional<int> shows(const Setback& one) const {
    const DiarySession* first = first_session(one.start, std::min(one.end + kWeek, days_ - 1));
    if (one.kind == SetbackKind::dropout) return dropout_shows(one);
    if (first == nullptr) return {};
    const CourseDay course = course_at(person_, diary_.setbacks, first->day);
    switch (one.kind) {
      case SetbackKind::pain_flare:
        return course.flare >= kFlareShows ? std::optional{first->day} : std::nullopt;
      case SetbackKind::range_lost: {
        const double left = one.size * std::exp(-(first->day - one.start) / one.settle_days);
        return left >= kLossShows && person_.films ? std::optional{first->day} : std::nullopt;
      }
      case SetbackKind::plateau: {
        const int day = one.start + kPlateauShows;
        return day <= one.end && person_.films && first->day < day ? std::optional{day} : std::nullopt;
      }
      case SetbackKind::warning_sign: return warning_day(one);
      default: return one.shows;
    }
  }

  [[nodiscard]] std::optional<int> warning_day(const Setback& one) const {
    for (const DiarySession& session : diary_.sessions) {
      if (!session.warning.empty() && session.day >= one.start) return session.day;
    }
    return {};
  }

  [[nodiscard]] std::optional<int> dropout_shows(const Setback& one) const {
    int last = person_.first_day;
    int next = days_ + 1;
    for (const DiarySession& session : diary_.sessions) {
      if (session.day < one.start) last = session.day;
      if (session.day > one.end) next = std::min(next, session.day);
    }
    const int missed = last + missed_after(person_.habit);
    return missed < next && missed <= days_ ? std::optional{missed} : std::nullopt;
  }

  // What habits and noise made by themselves, and a clinic would want to know all the same.
  void add_gaps() {
    const std::vector<Setback> planned = diary_.setbacks;
    for (std::size_t i = 0; i < diary_.sessions.size(); ++i) {
      const int last = diary_.sessions[i].day;
      const int next = i + 1 < diary_.sessions.size() ? diary_.sessions[i + 1].day : days_ + 1;
      const int missed = last + missed_after(person_.habit);
      if (missed >= next || missed > days_) continue;
      const bool known = std::any_of(planned.begin(), planned.end(), [&](const Setback& one) {
        return one.kind == SetbackKind::dropout && one.start < next && one.end > last;
      });
      if (!known)
        diary_.setbacks.push_back(
            {SetbackKind::dropout, last + 1, std::min(next, days_) - 1, 0, 1, false, missed});
    }
    diary_.setbacks.insert(diary_.setbacks.end(), limits_.begin(), limits_.end());
  }

  // Who by nature ends up short of the goal stops improving, too.
  void add_stall() {
    if (!person_.films) return;
    for (int day = person_.first_day + kPlateauShows; day < days_; ++day) {
      const double reached = course_at(person_, diary_.setbacks, day).progress;
      const double since = day - person_.first_day;
      if (person_.progress.at(since) - person_.progress.at(since - kPlateauShows) >= kGain) continue;
      // Less than this is lost in how the measurement varies.
      constexpr double kLeastToCome = 0.12;
      if (goal_progress(*person_.pathway) - reached <= kLeastToCome) return;
      const int start = day - kPlateauShows;
      const bool known = std::any_of(diary_.setbacks.begin(), diary_.setbacks.end(), [&](const Setback& one) {
        return one.kind == SetbackKind::plateau && one.end >= start;
      });
      if (!known) diary_.setbacks.push_back({SetbackKind::plateau, start, days_ - 1, 0, 1, false, day});
      return;
    }
  }

  std::uint64_t seed_;
  const SimulatedPerson& person_;
  int days_;
  int first_weekday_;
  Diary diary_;
  std::vector<Setback> limits_;
  double mood_ = 0;
  bool away_ = false;
  int rests_until_ = 0;
  int warned_ = -1;
  int asked_ = -kWeek;
  int weekly_ = 0;
};

}  // namespace

int missed_after(Habit habit) {
  return 4 + static_cast<int>(std::lround(2.0 * kWeek / days_a_week(habit)));
}

Diary keep_diary(std::uint64_t seed, const SimulatedPerson& person, std::vector<Setback> setbacks, int days,
                 int first_weekday) {
  return DiaryKeeper{seed, person, std::move(setbacks), days, first_weekday}.run();
}

}  // namespace reprise::simulation
