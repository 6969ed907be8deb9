// SPDX-License-Identifier: Apache-2.0
#include "care/plan/balance_ladder.h"

#include <gmock/gmock.h>

#include <set>

namespace reprise::care {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr int kSessions = 3;

// Four levels of three holds; the first `released` are released.
std::vector<BalanceLevel> four_levels(std::size_t released) {
  std::vector<BalanceLevel> levels;
  for (const Stance stance :
       {Stance::feet_apart, Stance::feet_together, Stance::semi_tandem, Stance::tandem}) {
    BalanceLevel level;
    level.stance = stance;
    level.hold_s = 10;
    level.holds = 3;
    if (levels.size() < released) level.released = "2026-03-02";
    levels.push_back(level);
  }
  return levels;
}

// A diary of sessions, one a day.
struct BalanceDiary {
  std::vector<BalanceSession> sessions;

  BalanceDiary& add(std::vector<LevelResult> levels) {
    BalanceSession session;
    session.day = 100 + static_cast<fhir::Day>(sessions.size());
    session.time_ms = session.day * 86'400'000;
    session.levels = std::move(levels);
    session.evidence = {"Observation/" + std::to_string(sessions.size())};
    sessions.push_back(std::move(session));
    return *this;
  }
  BalanceDiary& whole(std::size_t level, int times = 1) {
    for (int i = 0; i < times; ++i) add({{level, 3, 3}});
    return *this;
  }
  // The second hold fails, and the third is easier.
  BalanceDiary& eased(std::size_t level) { return add({{level, 2, 1}, {level - 1, 1, 1}}); }
};

BalanceDue due_after(const BalanceDiary& diary, std::size_t released) {
  return balance_due(four_levels(released), kSessions, diary.sessions);
}

TEST(BalanceLadder, BeginsAtTheFirstLevel) {
  EXPECT_EQ(due_after({}, 4).level, 0U);
  EXPECT_EQ(due_after({}, 4).whole_sessions, 0);
  EXPECT_FALSE(due_after({}, 1).ready);
}

TEST(BalanceLadder, GetsHarderOnlyAfterTheSessionsInARow) {
  EXPECT_EQ(due_after(BalanceDiary{}.whole(0, 2), 4).level, 0U);
  EXPECT_EQ(due_after(BalanceDiary{}.whole(0, 2), 4).whole_sessions, 2);
  EXPECT_EQ(due_after(BalanceDiary{}.whole(0, 3), 4).level, 1U);
  EXPECT_EQ(due_after(BalanceDiary{}.whole(0, 3), 4).whole_sessions, 0) << "at the new level";
  EXPECT_EQ(due_after(BalanceDiary{}.whole(0, 9), 4).level, 1U) << "by one level only";
  EXPECT_EQ(due_after(BalanceDiary{}.whole(0, 2).add({{0, 3, 2}}).whole(0, 2), 4).level, 0U) << "in a row";
}

TEST(BalanceLadder, StaysWhereTheNextLevelIsNotReleasedAndSaysThatItIsReady) {
  const BalanceDue due = due_after(BalanceDiary{}.whole(0, 3).whole(1, 4), 2);
  EXPECT_EQ(due.level, 1U);
  EXPECT_TRUE(due.ready);
  EXPECT_EQ(due.whole_sessions, 4);
  EXPECT_EQ(due.since, 103);
  EXPECT_THAT(due.evidence, ElementsAre("Observation/6", "Observation/5", "Observation/4", "Observation/3"));
  // Its release alone makes it harder.
  EXPECT_EQ(due_after(BalanceDiary{}.whole(0, 3).whole(1, 4), 3).level, 2U);
  EXPECT_FALSE(due_after(BalanceDiary{}.whole(0, 3).whole(1, 4), 3).ready);
}

TEST(BalanceLadder, NeverSkipsALevelThatIsNotReleased) {
  std::vector<BalanceLevel> levels = four_levels(2);
  levels[3].released = "2026-03-02";
  EXPECT_EQ(released_levels(levels), 2U);
  const BalanceDue due = balance_due(levels, kSessions, BalanceDiary{}.whole(1, 5).sessions);
  EXPECT_EQ(due.level, 1U);
  EXPECT_TRUE(due.ready);
}

TEST(BalanceLadder, IsNotReadyForMoreAtItsLastLevel) {
  const BalanceDue due = due_after(BalanceDiary{}.whole(3, 5), 4);
  EXPECT_EQ(due.level, 3U);
  EXPECT_FALSE(due.ready);
}

TEST(BalanceLadder, IsEasierAfterASessionThatNeededTheSupport) {
  EXPECT_EQ(due_after(BalanceDiary{}.eased(2), 4).level, 1U);
  EXPECT_EQ(due_after(BalanceDiary{}.eased(2), 4).whole_sessions, 0) << "it was not whole at that level";
  EXPECT_EQ(due_after(BalanceDiary{}.add({{2, 3, 2}}), 4).level, 1U) << "the last hold failed";
  EXPECT_EQ(due_after(BalanceDiary{}.add({{2, 1, 0}, {1, 1, 0}, {0, 1, 1}}), 4).level, 0U);
  EXPECT_EQ(due_after(BalanceDiary{}.eased(2).whole(1, 3), 4).level, 2U) << "back, after as many sessions";
}

TEST(BalanceLadder, IsNeverEasierThanTheFirstLevel) {
  EXPECT_EQ(due_after(BalanceDiary{}.add({{0, 3, 0}}), 4).level, 0U);
  EXPECT_EQ(due_after(BalanceDiary{}.whole(0, 3).add({{0, 3, 2}}), 4).whole_sessions, 0);
}

TEST(BalanceLadder, ASessionThatEndedEarlyChangesNothingAndCountsForNothing) {
  const BalanceDue due = due_after(BalanceDiary{}.whole(1, 2).add({{1, 2, 2}}), 4);
  EXPECT_EQ(due.level, 1U);
  EXPECT_EQ(due.whole_sessions, 0);
}

TEST(BalanceLadder, AWithdrawnReleaseMakesItEasierAtOnce) {
  EXPECT_EQ(due_after(BalanceDiary{}.whole(3), 2).level, 1U);
  EXPECT_FALSE(due_after(BalanceDiary{}.whole(3, 5), 2).ready) << "nothing was done at that level";
  EXPECT_EQ(due_after(BalanceDiary{}.eased(3), 1).level, 0U);
  EXPECT_EQ(due_after(BalanceDiary{}.whole(3), 0).level, 0U);
}

TEST(BalanceLadder, ASessionThatIsUnclearMakesNothingHarder) {
  BalanceDiary diary = BalanceDiary{}.whole(0, 2).add({});
  diary.sessions.back().unclear = true;
  EXPECT_EQ(due_after(diary.whole(0), 4).level, 0U);
  EXPECT_EQ(due_after(diary, 4).whole_sessions, 1);
}

TEST(BalanceLadder, GetsEasierWithinTheSessionAtOnce) {
  using enum HoldOutcome;
  const std::vector<BalanceLevel> levels = four_levels(4);
  const auto now = [&](std::size_t began_at, const std::vector<HoldOutcome>& done) {
    const BalanceNow at = balance_now(levels, began_at, done);
    return std::pair{at.level, at.left};
  };
  EXPECT_EQ(now(2, {}), (std::pair<std::size_t, int>{2, 3}));
  EXPECT_EQ(now(2, {whole}), (std::pair<std::size_t, int>{2, 2}));
  EXPECT_EQ(now(2, {whole, supported}), (std::pair<std::size_t, int>{1, 1}));
  EXPECT_EQ(now(2, {supported, whole, whole}), (std::pair<std::size_t, int>{1, 0}))
      << "never harder within it";
  EXPECT_EQ(now(1, {supported, supported, supported}), (std::pair<std::size_t, int>{0, 0}));
  EXPECT_EQ(now(9, {}).first, 3U);
  EXPECT_EQ(balance_now({}, 0, {}).left, 0);
}

TEST(BalanceLadder, NamesEachLevelDifferently) {
  std::set<std::string> names;
  for (const bool foam : {false, true})
    for (const bool closed : {false, true})
      for (const bool dual : {false, true})
        for (const int seconds : {10, 20}) {
          BalanceLevel level;
          level.stance = Stance::single_leg;
          level.hazards = {closed, foam, dual};
          level.hold_s = seconds;
          names.insert(part_of(level));
        }
  EXPECT_EQ(names.size(), 16U);
  EXPECT_TRUE(names.count("single_leg.foam.eyes_closed.dual_task.20s"));
  EXPECT_THAT(four_levels(0)[2].released, IsEmpty());
}

}  // namespace
}  // namespace reprise::care
