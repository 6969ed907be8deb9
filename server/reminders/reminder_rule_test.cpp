// SPDX-License-Identifier: Apache-2.0
#include "server/reminders/reminder_rule.h"

#include <gtest/gtest.h>

#include "base/time.h"
#include "server/reminders/time_zone.h"

namespace reprise::server {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::sys_days;

sys_days day(const char* text) {
  return *parse_day(text);
}

class ReminderRule : public ::testing::Test {
 protected:
  ReminderRule() {
    choice_.wanted = true;
    choice_.zone = "Europe/Berlin";
    choice_.at = hours{18};
    facts_.days_per_week = 7;
  }

  /// `clock` of the time zone after midnight.
  [[nodiscard]] std::int64_t at(const char* date, minutes clock) const {
    return zone_.moment_of(day(date), clock);
  }
  [[nodiscard]] std::optional<ReminderKind> due(const char* date, minutes clock = hours{18}) const {
    return due_reminder(choice_, facts_, zone_, at(date, clock));
  }
  void sent(const char* date, ReminderKind kind = ReminderKind::first, minutes clock = hours{18}) {
    facts_.sent.push_back({kind, at(date, clock)});
  }
  void did(const char* date, minutes clock = hours{9}) {
    facts_.done.insert(day(date));
    facts_.last_done_ms = std::max(facts_.last_done_ms, at(date, clock));
  }
  void is_in(const char* zone) {
    choice_.zone = zone;
    zone_ = load_time_zone(zone).value();
  }

  ReminderChoice choice_;
  ExerciseFacts facts_;
  TimeZone zone_ = load_time_zone("Europe/Berlin").value();
};

TEST_F(ReminderRule, OneADayAtTheChosenTime) {
  EXPECT_EQ(due("2026-03-02", hours{18} - minutes{1}), std::nullopt);
  EXPECT_EQ(due("2026-03-02"), ReminderKind::first);
  sent("2026-03-02");
  EXPECT_EQ(due("2026-03-02", hours{18} + minutes{1}), std::nullopt);
  EXPECT_EQ(due("2026-03-03"), ReminderKind::first);
}

TEST_F(ReminderRule, NoneIsSentThatWasNotWanted) {
  choice_.wanted = false;
  EXPECT_EQ(due("2026-03-02"), std::nullopt);
}

TEST_F(ReminderRule, TheSecondComesOnlyIfItWasChosenAndNothingWasDone) {
  sent("2026-03-02");
  EXPECT_EQ(due("2026-03-02", hours{20}), std::nullopt);
  choice_.second = hours{20};
  EXPECT_EQ(due("2026-03-02", hours{19}), std::nullopt);
  EXPECT_EQ(due("2026-03-02", hours{20}), ReminderKind::second);
  did("2026-03-02", hours{19});
  EXPECT_EQ(due("2026-03-02", hours{20}), std::nullopt);
}

TEST_F(ReminderRule, TheSecondIsSentOnce) {
  choice_.second = hours{20};
  sent("2026-03-02");
  sent("2026-03-02", ReminderKind::second, hours{20});
  EXPECT_EQ(due("2026-03-02", hours{20} + minutes{1}), std::nullopt);
}

TEST_F(ReminderRule, NoneWhenTodayIsDoneOrThereIsNothingToDo) {
  did("2026-03-02");
  EXPECT_EQ(due("2026-03-02"), std::nullopt);
  EXPECT_EQ(due("2026-03-03"), ReminderKind::first);
  facts_.days_per_week = 0;  // on hold, halted, or paused by the clinic
  EXPECT_EQ(due("2026-03-03"), std::nullopt);
}

TEST_F(ReminderRule, NoneOnADayOff) {
  facts_.days_per_week = 3;
  did("2026-03-02");  // a Monday
  EXPECT_EQ(due("2026-03-03"), std::nullopt);
  EXPECT_EQ(due("2026-03-04"), ReminderKind::first);
  did("2026-03-04");
  did("2026-03-06");
  EXPECT_EQ(due("2026-03-08"), std::nullopt) << "the week has its three days";
  EXPECT_EQ(due("2026-03-09"), ReminderKind::first);
}

TEST_F(ReminderRule, DaysOffFollowTheDaysAWeek) {
  const std::set<sys_days> done = {day("2026-03-02")};
  const std::vector<std::pair<int, int>> first_due_after = {{1, 7}, {2, 3}, {3, 2}, {4, 1}, {7, 1}};
  for (const auto& [a_week, after] : first_due_after) {
    EXPECT_FALSE(is_exercise_day(a_week, done, day("2026-03-02") + days{after - 1})) << a_week;
    EXPECT_TRUE(is_exercise_day(a_week, done, day("2026-03-02") + days{after})) << a_week;
  }
  EXPECT_TRUE(is_exercise_day(1, {}, day("2026-03-02")));
  EXPECT_TRUE(is_exercise_day(7, {day("2026-03-05")}, day("2026-03-02"))) << "a later day does not count";
}

TEST_F(ReminderRule, DaysAheadFollowOneAnother) {
  const sys_days monday = day("2026-03-02");
  const auto ahead = [&](int a_week, const std::set<sys_days>& done) {
    std::vector<int> found;
    for (const sys_days one : exercise_days(a_week, done, monday, 10))
      found.push_back(static_cast<int>((one - monday).count()));
    return found;
  };
  EXPECT_EQ(ahead(3, {}), (std::vector{0, 2, 4, 7, 9}));
  EXPECT_EQ(ahead(3, {monday}), (std::vector{0, 2, 4, 7, 9})) << "today stays although it is done";
  EXPECT_EQ(ahead(3, {monday - days{1}}), (std::vector{1, 3, 5, 7, 9}));
  EXPECT_EQ(ahead(7, {}).size(), 10U);
  EXPECT_TRUE(ahead(0, {}).empty());
  EXPECT_TRUE(ahead(0, {monday}).empty()) << "nothing is prescribed any more";
}

TEST_F(ReminderRule, NoneWhileAwayAndAgainOnTheDayOfTheReturn) {
  choice_.paused_until = day("2026-03-10");
  EXPECT_EQ(due("2026-03-09"), std::nullopt);
  EXPECT_EQ(due("2026-03-10"), ReminderKind::first);
}

TEST_F(ReminderRule, InsteadOfTheFourthItAsksAndThenIsSilent) {
  for (const char* date : {"2026-03-02", "2026-03-03", "2026-03-04"}) {
    EXPECT_EQ(due(date), ReminderKind::first);
    sent(date);
  }
  EXPECT_EQ(due("2026-03-05"), ReminderKind::ask);
  sent("2026-03-05", ReminderKind::ask);
  for (const char* date : {"2026-03-05", "2026-03-06", "2026-03-20", "2026-06-01"})
    EXPECT_EQ(due(date), std::nullopt) << date;
  did("2026-06-01");
  EXPECT_EQ(due("2026-06-02"), std::nullopt) << "only the patient's answer ends the silence";
  choice_.chosen_ms = at("2026-06-02", hours{12});
  EXPECT_EQ(due("2026-06-02"), ReminderKind::first);
}

TEST_F(ReminderRule, ASessionBeginsTheCountAnew) {
  sent("2026-03-02");
  sent("2026-03-03");
  did("2026-03-04");
  sent("2026-03-05");
  EXPECT_EQ(due("2026-03-06"), ReminderKind::first);
  sent("2026-03-06");
  sent("2026-03-07");
  EXPECT_EQ(due("2026-03-08"), ReminderKind::ask);
}

TEST_F(ReminderRule, SecondRemindersOfADayDoNotHastenTheQuestion) {
  choice_.second = hours{20};
  for (const char* date : {"2026-03-02", "2026-03-03"}) {
    sent(date);
    sent(date, ReminderKind::second, hours{20});
  }
  EXPECT_EQ(due("2026-03-04"), ReminderKind::first);
}

TEST_F(ReminderRule, ALateOneIsSentForTwoHoursOnly) {
  EXPECT_EQ(due("2026-03-02", hours{20}), ReminderKind::first);
  EXPECT_EQ(due("2026-03-02", hours{20} + minutes{1}), std::nullopt);
  choice_.at = hours{23};
  EXPECT_EQ(due("2026-03-03", minutes{30}), std::nullopt) << "the exercises of yesterday are no more today's";
}

TEST_F(ReminderRule, ATimeThatHadPassedWhenItWasChosenWaitsForTomorrow) {
  choice_.chosen_ms = at("2026-03-02", hours{18} + minutes{30});
  EXPECT_EQ(due("2026-03-02", hours{18} + minutes{31}), std::nullopt);
  EXPECT_EQ(due("2026-03-03"), ReminderKind::first);
}

TEST_F(ReminderRule, TheClockOnTheWallCountsWhenTheClocksChange) {
  const std::int64_t winter = at("2026-03-28", hours{18});
  EXPECT_EQ(due_reminder(choice_, facts_, zone_, winter), ReminderKind::first);
  const std::int64_t summer = winter + in_ms(hours{23});
  EXPECT_EQ(due_reminder(choice_, facts_, zone_, summer - 1), std::nullopt);
  EXPECT_EQ(due_reminder(choice_, facts_, zone_, summer), ReminderKind::first);
  choice_.at = minutes{150};  // skipped on that day
  EXPECT_EQ(due("2026-03-29", minutes{210}), ReminderKind::first);
  choice_.at = minutes{150};  // twice on that day
  const std::int64_t once = at("2026-10-25", minutes{150});
  EXPECT_EQ(due_reminder(choice_, facts_, zone_, once), ReminderKind::first);
  facts_.sent.push_back({ReminderKind::first, once});
  EXPECT_EQ(due_reminder(choice_, facts_, zone_, once + in_ms(hours{1})), std::nullopt);
}

TEST_F(ReminderRule, ATravellerGetsOneADayByTheNewZone) {
  sent("2026-07-01");
  is_in("America/New_York");
  EXPECT_EQ(due("2026-07-01"), std::nullopt) << "six hours later it is the same day";
  EXPECT_EQ(due("2026-07-02"), ReminderKind::first);
  sent("2026-07-02");
  is_in("Asia/Tokyo");
  EXPECT_EQ(due("2026-07-03"), std::nullopt) << "the one of New York was sent on this day";
  EXPECT_EQ(due("2026-07-04"), ReminderKind::first);
}

}  // namespace
}  // namespace reprise::server
