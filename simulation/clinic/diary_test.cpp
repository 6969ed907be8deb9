// SPDX-License-Identifier: Apache-2.0
#include "simulation/clinic/diary.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace reprise::simulation {
namespace {

constexpr int kDays = 120;
constexpr int kPeople = 400;

struct Lived {
  SimulatedPerson person;
  Diary diary;
};

const std::vector<Lived>& many_people() {
  static const std::vector<Lived> kAll = [] {
    std::vector<Lived> all;
    for (int number = 1; number <= kPeople; ++number) {
      SimulatedPerson person = draw_person(3, number, kDays);
      Diary diary = keep_diary(3, person, draw_setbacks(3, person, kDays), kDays, 2);
      all.push_back({std::move(person), std::move(diary)});
    }
    return all;
  }();
  return kAll;
}

struct Mean {
  double sum = 0;
  int count = 0;
  void add(double value) { sum += value, ++count; }
  [[nodiscard]] double value() const { return sum / count; }
};

Mean pain_between(const Lived& one, int from, int until) {
  Mean mean;
  for (const DiarySession& session : one.diary.sessions) {
    if (session.day >= from && session.day < until) mean.add(session.pain_before);
  }
  return mean;
}

TEST(Diary, SessionsAreInOrderWithinTheProgrammeAndTheDay) {
  for (const Lived& one : many_people()) {
    ASSERT_FALSE(one.diary.sessions.empty());
    EXPECT_EQ(one.diary.sessions.front().day, one.person.first_day);
    EXPECT_TRUE(one.diary.sessions.front().asks_warnings);
    int before = -1;
    for (const DiarySession& session : one.diary.sessions) {
      EXPECT_GT(session.day, before);
      EXPECT_LT(session.day, kDays);
      EXPECT_GE(session.minute, 6 * 60);
      EXPECT_LT(session.minute, 22 * 60);
      EXPECT_GE(session.pain_before, 0);
      EXPECT_LE(session.pain_before, 10);
      before = session.day;
    }
  }
}

TEST(Diary, ACertainShareHasNoPlannedSetbackAndSomeComeLately) {
  int without = 0;
  int lately = 0;
  std::map<SetbackKind, int> kinds;
  for (const Lived& one : many_people()) {
    int planned = 0;
    for (const Setback& setback : one.diary.setbacks) {
      EXPECT_LE(setback.start, setback.end);
      EXPECT_GE(setback.start, one.person.first_day);
      EXPECT_LT(setback.end, kDays);
      if (setback.shows) {
        EXPECT_GE(*setback.shows, setback.start);
        EXPECT_LE(*setback.shows, kDays);
      }
      if (!setback.planned) continue;
      ++planned;
      ++kinds[setback.kind];
      if (setback.start >= kDays - 14) ++lately;
    }
    if (planned == 0) ++without;
  }
  // A quarter, give or take three deviations of a binomial of 400.
  EXPECT_NEAR(without, 0.27 * kPeople, 0.07 * kPeople);
  EXPECT_GT(lately, kPeople / 8);
  EXPECT_EQ(kinds.size(), 5U) << "of each kind that is planned";
}

TEST(Diary, AFlareShowsInThePain) {
  Mean rise;
  for (const Lived& one : many_people()) {
    for (const Setback& setback : one.diary.setbacks) {
      if (setback.kind != SetbackKind::pain_flare || !setback.shows || *setback.shows > setback.start + 2)
        continue;
      const Mean before = pain_between(one, setback.start - 14, setback.start);
      const Mean within = pain_between(one, *setback.shows, *setback.shows + 2);
      if (before.count >= 3) rise.add(within.value() - before.value());
    }
  }
  ASSERT_GT(rise.count, 50);
  // 2.5 to 4.5 points are added; ratings end at 10, and pain falls meanwhile.
  EXPECT_GT(rise.value(), 2.3);
  EXPECT_LT(rise.value(), 4.5);
}

TEST(Diary, NobodyExercisesInADropoutAndTheOthersAreMissedAsSaid) {
  for (const Lived& one : many_people()) {
    for (const Setback& setback : one.diary.setbacks) {
      if (setback.kind != SetbackKind::dropout) continue;
      int last = -1;
      for (const DiarySession& session : one.diary.sessions) {
        EXPECT_TRUE(session.day < setback.start || session.day > setback.end);
        if (session.day < setback.start) last = session.day;
      }
      if (setback.shows) {
        EXPECT_EQ(*setback.shows, last + missed_after(one.person.habit));
      }
    }
  }
}

TEST(Diary, EveryLongGapIsInTheTruth) {
  for (const Lived& one : many_people()) {
    int last = one.person.first_day;
    const auto known = [&](int next) {
      return std::any_of(one.diary.setbacks.begin(), one.diary.setbacks.end(), [&](const Setback& setback) {
        return setback.kind == SetbackKind::dropout && setback.start < next && setback.end > last;
      });
    };
    for (const DiarySession& session : one.diary.sessions) {
      if (session.day - last > missed_after(one.person.habit)) {
        EXPECT_TRUE(known(session.day)) << one.person.number;
      }
      last = session.day;
    }
  }
}

TEST(Diary, RangeStallsInAPlateauAndFallsWhereItIsLost) {
  int plateaus = 0;
  int losses = 0;
  for (const Lived& one : many_people()) {
    const auto range = [&](int day) { return course_at(one.person, one.diary.setbacks, day); };
    for (const Setback& setback : one.diary.setbacks) {
      if (setback.kind == SetbackKind::plateau && setback.planned && one.diary.setbacks.size() == 1) {
        EXPECT_NEAR(range(setback.start).progress, range(setback.end).progress, 1e-9);
        EXPECT_GT(range(setback.start).progress, range(setback.start - 5).progress);
        ++plateaus;
      }
      if (setback.kind == SetbackKind::range_lost) {
        const CourseDay before = range(setback.start - 1);
        const CourseDay after = range(setback.start);
        EXPECT_LT(after.progress, before.progress - 0.12)
            << "0.18 at least, less what a day brings and a flare takes";
        EXPECT_GT(after.pain, before.pain);
        ++losses;
      }
    }
  }
  EXPECT_GT(plateaus, 5);
  EXPECT_GT(losses, 10);
}

TEST(Diary, AWarningSignIsAnsweredOnceAndEndsExercisingForAWhile) {
  int signs = 0;
  for (const Lived& one : many_people()) {
    const DiarySession* warned = nullptr;
    for (const DiarySession& session : one.diary.sessions) {
      if (warned != nullptr) {
        EXPECT_GT(session.day, warned->day + 2);
        warned = nullptr;
      }
      if (session.warning.empty()) continue;
      EXPECT_EQ(session.sets, 0U);
      EXPECT_TRUE(session.asks_warnings);
      warned = &session;
      ++signs;
    }
  }
  int planned = 0;
  for (const Lived& one : many_people()) {
    planned += static_cast<int>(std::count_if(
        one.diary.setbacks.begin(), one.diary.setbacks.end(),
        [](const Setback& setback) { return setback.kind == SetbackKind::warning_sign && setback.shows; }));
  }
  EXPECT_EQ(signs, planned);
  EXPECT_GT(signs, 10);
}

TEST(Diary, PainIsStoppedAtTheLimitsOfTheProgramme) {
  for (const Lived& one : many_people()) {
    for (const DiarySession& session : one.diary.sessions) {
      const bool noted =
          std::any_of(one.diary.setbacks.begin(), one.diary.setbacks.end(), [&](const Setback& setback) {
            return setback.kind == SetbackKind::pain_limit && setback.start == session.day;
          });
      const bool beyond =
          session.pain_before > one.person.limits.stop ||
          (session.pain_during && (*session.pain_during > one.person.limits.stop ||
                                   *session.pain_during - session.pain_before >= one.person.limits.rise));
      EXPECT_EQ(noted, beyond) << one.person.number << " on " << session.day;
      if (!session.pain_during) {
        EXPECT_EQ(session.sets, 0U);
      }
    }
  }
}

// People rate the same pain differently from day to day, by about a point.
TEST(Diary, RatingsVaryFromDayToDay) {
  Mean change;
  for (const Lived& one : many_people()) {
    if (one.person.habit != Habit::daily) continue;
    for (std::size_t i = 1; i < one.diary.sessions.size(); ++i)
      change.add(std::abs(one.diary.sessions[i].pain_before - one.diary.sessions[i - 1].pain_before));
  }
  EXPECT_GT(change.value(), 0.5);
  EXPECT_LT(change.value(), 1.5);
}

TEST(Diary, AFewDaysAreEnoughForOne) {
  for (int days = 1; days < 20; ++days) {
    for (int number = 1; number < 40; ++number) {
      const SimulatedPerson person = draw_person(9, number, days);
      EXPECT_LT(person.first_day, days);
      const Diary diary = keep_diary(9, person, draw_setbacks(9, person, days), days, 6);
      EXPECT_FALSE(diary.sessions.empty());
    }
  }
}

}  // namespace
}  // namespace reprise::simulation
