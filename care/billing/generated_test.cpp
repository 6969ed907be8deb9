// SPDX-License-Identifier: Apache-2.0
// Invariants of every timeline, tested on generated ones with fixed seeds.

#include <gmock/gmock.h>

#include <random>

#include "base/time.h"
#include "care/billing/billing_summary.h"
#include "care/billing/worked_time.h"
#include "tests/support/billing_rules.h"

namespace reprise::care::billing {
namespace {

constexpr std::int64_t kMinuteOfTime = 60'000;
constexpr int kTimelines = 120;

struct Timeline {
  Facts facts;
  Viewpoint view;
};

class Chance {
 public:
  explicit Chance(unsigned seed) : random_(seed) {}
  int upto(int most) { return static_cast<int>(random_() % static_cast<unsigned>(most + 1)); }
  bool one_in(int many) { return upto(many - 1) == 0; }

 private:
  std::mt19937 random_;
};

std::int64_t ms_of(Day day) {
  return day.time_since_epoch().count() * kDayMs;
}

// Somewhere between UTC-10 and UTC+13, half of them with summer time.
Zone some_zone(Chance& chance, Day begin) {
  const int offset = (chance.upto(23) - 10) * 60;
  std::vector<ZoneChange> changes = {{ms_of(begin) - 400 * kDayMs, offset}};
  if (chance.one_in(2)) {
    changes.push_back({ms_of(begin) + chance.upto(90) * kDayMs + 7 * 3'600'000, offset + 60});
    changes.push_back({changes.back().from_ms + 180 * kDayMs, offset});
  }
  return Zone::of(changes).value();
}

void some_plans(Chance& chance, Facts& facts, Day begin) {
  const int count = 1 + chance.upto(3);
  for (int i = 0; i < count; ++i) {
    Episode plan{begin + days{chance.upto(120)},
                 {},
                 static_cast<Group>(chance.upto(2)),
                 {},
                 "CarePlan/" + std::to_string(i)};
    if (!chance.one_in(3)) plan.to = plan.from + days{chance.upto(90)};
    if (chance.one_in(2)) plan.set_up = SetUp{plan.from, "Procedure/" + std::to_string(i)};
    facts.episodes.push_back(plan);
  }
}

void some_work(Chance& chance, Facts& facts, Day begin) {
  const int count = chance.upto(60);
  for (int i = 0; i < count; ++i) {
    const std::int64_t start = ms_of(begin) + chance.upto(200 * 24 * 60) * kMinuteOfTime;
    facts.times.push_back({"person" + std::to_string(chance.upto(2)), start,
                           start + (chance.upto(25) * 60 + chance.upto(59)) * 1000LL,
                           "Task/" + std::to_string(i)});
    if (chance.one_in(4)) {
      facts.interactions.push_back(
          {start, static_cast<ContactMode>(chance.upto(2)), "Encounter/" + std::to_string(i)});
    }
  }
}

Timeline timeline_of(unsigned seed) {
  Chance chance(seed);
  // Years with a leap day and without, from any day on.
  const Day begin = *day_in("2024-01-01") + days{chance.upto(2000)};
  Timeline made{{}, {begin + days{chance.upto(250)}, some_zone(chance, begin), "kim"}};
  if (!chance.one_in(5)) made.facts.device = DeviceStatus{begin - days{chance.upto(40)}, "Organization/1"};
  some_plans(chance, made.facts, begin);
  const int often = chance.upto(100);
  for (int i = 0; i < 220; ++i) {
    const Day day = begin + days{i};
    if (chance.upto(99) < often) made.facts.data.push_back({day, "Observation/" + day_text(day)});
  }
  some_work(chance, made.facts, begin);
  if (chance.one_in(4)) {
    const Day from = begin + days{chance.upto(150)};
    made.facts.others.push_back(
        {Programme::physiologic_monitoring, from, from + days{chance.upto(30)}, "CarePlan/other"});
  }
  return made;
}

Account count(const Timeline& timeline) {
  return account_for(timeline.facts, rules_of_any_year(), timeline.view);
}

bool stands(const Line& line) {
  return line.state == LineState::ready || line.state == LineState::waiting;
}

std::vector<std::string> supply_codes() {
  std::vector<std::string> codes;
  for (const SupplyRow& row : rules_of_any_year()[0].supply) codes.push_back(row.code);
  return codes;
}

bool is_supply(const Line& line) {
  static const std::vector<std::string> kCodes = supply_codes();
  return std::find(kCodes.begin(), kCodes.end(), line.code) != kCodes.end();
}

TEST(GeneratedTimelines, NeverHaveTwoSuppliesInThirtyDays) {
  int supplies = 0;
  for (unsigned seed = 0; seed < kTimelines; ++seed) {
    const Account account = count(timeline_of(seed));
    const Line* before = nullptr;
    for (const Line& line : account.lines) {
      if (!is_supply(line) || !stands(line)) continue;
      ++supplies;
      EXPECT_EQ((line.to - line.from).count(), 29) << seed;
      if (before != nullptr) {
        EXPECT_GE((line.to - before->to).count(), 30) << seed;
        EXPECT_GT(line.from, before->to) << seed;
      }
      before = &line;
    }
  }
  EXPECT_GT(supplies, kTimelines);  // else nothing was tried
}

TEST(GeneratedTimelines, NeverHaveCodesTogetherThatExcludeEachOther) {
  const RuleSet& rules = rules_of_any_year()[0];
  for (unsigned seed = 0; seed < kTimelines; ++seed) {
    const Account account = count(timeline_of(seed));
    for (const Line& one : account.lines) {
      for (const Line& other : account.lines) {
        if (&one == &other || !stands(one) || !stands(other) || one.from > other.to || other.from > one.to)
          continue;
        EXPECT_FALSE(one.code == other.code) << seed << one.code;
        for (const CodesRow& row : rules.exclusive) {
          const auto has = [&](const std::string& code) {
            return std::find(row.codes.begin(), row.codes.end(), code) != row.codes.end();
          };
          EXPECT_FALSE(has(one.code) && has(other.code)) << seed << " " << one.code << " " << other.code;
        }
      }
    }
  }
}

// The tier of each period: 0 none, 1 lower, 2 upper.
std::map<Day, int> tiers_of(const Account& account) {
  std::map<Day, int> tiers;
  for (const Line& line : account.lines) {
    if (is_supply(line)) tiers[line.from] = std::max(tiers[line.from], line.counted >= 16 ? 2 : 1);
  }
  return tiers;
}

TEST(GeneratedTimelines, NeverLoseByMoreData) {
  for (unsigned seed = 0; seed < kTimelines; ++seed) {
    Timeline timeline = timeline_of(seed);
    const auto before = tiers_of(count(timeline));
    Chance chance(seed + 10'000);
    for (int i = 0; i < 10; ++i)
      timeline.facts.data.push_back({timeline.view.today - days{chance.upto(200)}, "Observation/more"});
    const auto after = tiers_of(count(timeline));
    for (const auto& [from, tier] : before) {
      ASSERT_TRUE(after.contains(from)) << seed;
      EXPECT_GE(after.at(from), tier) << seed;
    }
  }
}

// Counts each worked second one by one.
int minutes_that_passed(const std::vector<WorkedTime>& times) {
  std::vector<std::int64_t> seconds;
  for (const WorkedTime& time : times) {
    for (std::int64_t at = time.start_ms; at < time.end_ms; at += 1000) seconds.push_back(at);
  }
  std::sort(seconds.begin(), seconds.end());
  return static_cast<int>((std::unique(seconds.begin(), seconds.end()) - seconds.begin()) / 60);
}

TEST(GeneratedTimelines, NeverClaimMoreMinutesThanPassedAtWork) {
  constexpr unsigned kSlowly = 10;
  int claimed = 0;
  for (unsigned seed = 0; seed < kSlowly; ++seed) {
    Timeline timeline = timeline_of(seed);
    // Much at the same time.
    for (WorkedTime& time : timeline.facts.times) {
      const std::int64_t earlier = time.start_ms % (10 * kMinuteOfTime) + time.start_ms % kDayMs / 8;
      time.start_ms -= earlier;
      time.end_ms -= earlier;
    }
    const Facts once = timeline.facts;
    for (WorkedTime time : once.times) {
      time.start_ms += 3 * kMinuteOfTime;
      time.end_ms += 3 * kMinuteOfTime;
      timeline.facts.times.push_back(time);
    }
    int minutes = 0;
    for (const Line& line : count(timeline).lines) {
      if (line.code == "98979") minutes += 10;
      if (line.code == "98980" || line.code == "98981") minutes += 20 * line.units;
    }
    const int passed = minutes_that_passed(timeline.facts.times);
    EXPECT_LE(minutes, passed) << seed;
    std::vector<WorkedTime>& times = timeline.facts.times;
    const std::vector<Interval> always = {{INT64_MIN / 4, INT64_MAX / 4}};
    EXPECT_EQ(count_time(times, always, true).minutes(), passed) << seed;
    claimed += minutes;
  }
  EXPECT_GT(claimed, 10 * static_cast<int>(kSlowly));
}

TEST(GeneratedTimelines, CountTheSameWhateverTheOrderAndHoweverOftenItIsRead) {
  for (unsigned seed = 0; seed < kTimelines; ++seed) {
    Timeline timeline = timeline_of(seed);
    const Account before = count(timeline);
    auto& facts = timeline.facts;
    std::reverse(facts.data.begin(), facts.data.end());
    std::reverse(facts.times.begin(), facts.times.end());
    std::reverse(facts.interactions.begin(), facts.interactions.end());
    const Facts again = facts;
    facts.data.insert(facts.data.end(), again.data.begin(), again.data.end());
    facts.times.insert(facts.times.end(), again.times.begin(), again.times.end());
    const Account after = count(timeline);
    ASSERT_EQ(before.lines.size(), after.lines.size()) << seed;
    for (std::size_t i = 0; i < before.lines.size(); ++i) {
      EXPECT_EQ(before.lines[i].code, after.lines[i].code) << seed;
      EXPECT_EQ(before.lines[i].units, after.lines[i].units) << seed;
      EXPECT_EQ(before.lines[i].counted, after.lines[i].counted) << seed;
      EXPECT_EQ(before.lines[i].evidence, after.lines[i].evidence) << seed;
    }
  }
}

Timeline shifted(Timeline timeline, int by) {
  const days shift{by};
  const std::int64_t ms = by * kDayMs;
  timeline.view.today += shift;
  for (auto& one : timeline.facts.data) one.day += shift;
  for (auto& one : timeline.facts.times) {
    one.start_ms += ms;
    one.end_ms += ms;
  }
  for (auto& one : timeline.facts.interactions) one.at_ms += ms;
  for (auto& one : timeline.facts.episodes) {
    one.from += shift;
    if (one.to) *one.to += shift;
    if (one.set_up) one.set_up->day += shift;
  }
  for (auto& one : timeline.facts.others) {
    one.from += shift;
    *one.to += shift;
  }
  if (timeline.facts.device) timeline.facts.device->since += shift;
  return timeline;
}

// Supply and set-up know days alone: weeks later all is as it was, over leap days and years.
TEST(GeneratedTimelines, HaveTheSameSupplyWeeksLater) {
  for (unsigned seed = 0; seed < kTimelines; ++seed) {
    const Timeline timeline = timeline_of(seed);
    const int by = 7 * static_cast<int>(1 + seed % 60);
    const auto of_days = [](const Account& account, int back) {
      std::vector<std::string> lines;
      for (const Line& line : account.lines) {
        if (is_supply(line) || line.code == "98975") {
          lines.push_back(line.code + day_text(line.from - days{back}) + day_text(line.to - days{back}) +
                          std::string{name(line.state)} + std::to_string(line.counted));
        }
      }
      return lines;
    };
    EXPECT_EQ(of_days(count(timeline), 0), of_days(count(shifted(timeline, by)), by)) << seed;
  }
}

// From 1901 to 2099 the calendar repeats after 28 years.
TEST(GeneratedTimelines, HaveTheSameMonthsTwentyEightYearsLaterWithoutSummerTime) {
  constexpr int kTwentyEightYears = 10'227;  // days
  for (unsigned seed = 0; seed < kTimelines; ++seed) {
    Timeline timeline = timeline_of(seed);
    timeline.view.zone = Zone::of({{0, -480}}).value();
    const Account now = count(timeline);
    const Account later = count(shifted(timeline, kTwentyEightYears));
    ASSERT_EQ(now.months.size(), later.months.size()) << seed;
    for (std::size_t i = 0; i < now.months.size(); ++i) {
      EXPECT_EQ(now.months[i].to + days{kTwentyEightYears}, later.months[i].to) << seed;
      EXPECT_EQ(now.months[i].minutes, later.months[i].minutes) << seed;
      EXPECT_EQ(now.months[i].interactions, later.months[i].interactions) << seed;
    }
  }
}

// A zone's change moves time between months; none is lost or counted twice.
TEST(GeneratedTimelines, CountEveryMinuteOfAPlanInOneMonth) {
  for (unsigned seed = 0; seed < kTimelines; ++seed) {
    Timeline timeline = timeline_of(seed);
    timeline.facts.episodes = {{*day_in("2024-01-01"), {}, Group::musculoskeletal, {}, "CarePlan/1"}};
    timeline.view.today = timeline.view.today + days{400};
    for (auto& time : timeline.facts.times)  // whole minutes, so that no month rounds
      time.end_ms = time.start_ms + (time.end_ms - time.start_ms) / kMinuteOfTime * kMinuteOfTime;
    const std::vector<Interval> always = {
        {timeline.view.zone.start_of(*day_in("2024-01-01")), INT64_MAX / 4}};
    int minutes = 0;
    for (const MonthCount& month : count(timeline).months) minutes += month.minutes;
    EXPECT_EQ(minutes, count_time(timeline.facts.times, always, true).minutes()) << seed;
  }
}

TEST(GeneratedTimelines, GainNothingByAnotherPlanOfTheSameConditionAtTheSameTime) {
  for (unsigned seed = 0; seed < kTimelines; ++seed) {
    Timeline timeline = timeline_of(seed);
    const Account before = count(timeline);
    timeline.facts.episodes.push_back(timeline.facts.episodes.front());
    const Account after = count(timeline);
    ASSERT_EQ(before.lines.size(), after.lines.size()) << seed;
    for (std::size_t i = 0; i < before.lines.size(); ++i)
      EXPECT_EQ(before.lines[i].code, after.lines[i].code) << seed;
  }
}

TEST(GeneratedTimelines, AskForNothingThatWouldNotDo) {
  int tried = 0;
  for (unsigned seed = 0; seed < kTimelines; ++seed) {
    const Timeline timeline = timeline_of(seed);
    for (const Missing& need : count(timeline).missing) {
      if (need.need != Need::data_days || need.code == "98975") continue;
      // On each day that is left and has none, until there are as many as was asked for.
      Timeline done = timeline;
      std::erase_if(done.facts.data, [&](const DataEvent& event) { return event.day > timeline.view.today; });
      const Group group =
          std::find_if(rules_of_any_year()[0].supply.begin(), rules_of_any_year()[0].supply.end(),
                       [&](const SupplyRow& row) { return row.code == need.code; })
              ->group;
      int more = need.amount;
      for (Day day = timeline.view.today; day <= need.by && more > 0; day += days{1}) {
        const bool there = std::any_of(
            timeline.facts.data.begin(), timeline.facts.data.end(),
            [&](const DataEvent& event) { return event.day == day && day == timeline.view.today; });
        const bool covered = std::any_of(
            timeline.facts.episodes.begin(), timeline.facts.episodes.end(), [&](const Episode& plan) {
              return plan.group == group && plan.from <= day && (!plan.to || day <= *plan.to);
            });
        if (there || !covered) continue;
        done.facts.data.push_back({day, "Observation/" + day_text(day)});
        --more;
      }
      EXPECT_EQ(more, 0) << seed;
      ++tried;
      done.view.today = need.by;
      const Account account = count(done);
      EXPECT_TRUE(std::any_of(account.lines.begin(), account.lines.end(),
                              [&](const Line& line) { return line.code == need.code && line.to == need.by; }))
          << seed << " " << need.code;
    }
  }
  EXPECT_GT(tried, 20);
}

}  // namespace
}  // namespace reprise::care::billing
