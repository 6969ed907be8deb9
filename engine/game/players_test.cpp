// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/simulated_player.h"

// Simulated people play three sets of ten; what counts is the share of tasks that succeed after the first
// third. docs/guide/games.md has the figures for more of them.

namespace reprise::engine {
namespace {

constexpr int kPlayers = 40;
constexpr double kWanted = 0.7;
constexpr double kAround = 0.1;

GameOptions sets_of_ten(int player) {
  GameOptions options;
  options.kind = player % 2 == 0 ? GameKind::balloon : GameKind::orchard;
  options.repetitions = 10;
  return options;
}

struct Outcomes {
  double mean = 0;
  double lowest = 1;
  double highest = 0;
  double asked = 0;  ///< mean height
};

Outcomes outcomes(const SimulatedPlayer& player, Seconds hold = Seconds{0}) {
  Outcomes all;
  for (int i = 0; i < kPlayers; ++i) {
    GameOptions options = sets_of_ten(i);
    options.pace.hold = hold;
    const PlayedSets played = play_sets(player, options, static_cast<unsigned>(i + 1));
    const double success = played.success();
    all.mean += success / kPlayers;
    all.lowest = std::min(all.lowest, success);
    all.highest = std::max(all.highest, success);
    for (const double height : played.asked)
      all.asked += height / kPlayers / static_cast<double>(played.asked.size());
  }
  return all;
}

void expect_in_the_flow(const SimulatedPlayer& player, const char* who, Seconds hold = Seconds{0}) {
  const Outcomes all = outcomes(player, hold);
  EXPECT_NEAR(all.mean, kWanted, kAround) << who << ", reach " << player.reach;
  // Of a single player with 20 tasks, too, but for one task.
  EXPECT_GE(all.lowest, kWanted - kAround - 0.05 - 1e-9) << who << ", reach " << player.reach;
  EXPECT_LE(all.highest, kWanted + kAround + 0.05 + 1e-9) << who << ", reach " << player.reach;
}

TEST(Players, OfEveryAbilityInReachSucceedInSevenOfTen) {
  for (const double reach : {0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95})
    expect_in_the_flow({.reach = reach}, "steady");
}

TEST(Players, WhoAreSteadyOrErraticDoSo) {
  expect_in_the_flow({.reach = 0.75, .spread = 0.02}, "very steady");
  expect_in_the_flow({.reach = 0.75, .spread = 0.12}, "erratic");
  expect_in_the_flow({.reach = 0.8, .tremor = 0.02}, "trembling");
  expect_in_the_flow({.reach = 0.8, .only_as_asked = true}, "no farther than asked");
}

TEST(Players, WhoTireOrLearnDoSo) {
  expect_in_the_flow({.reach = 0.85, .tires = 0.12}, "tiring");
  expect_in_the_flow({.reach = 0.65, .learns = 0.15}, "learning");
}

TEST(Players, WhoAreSlowOrClumsyDoSo) {
  expect_in_the_flow({.reach = 0.8, .slow = 2.5}, "slow");
  expect_in_the_flow({.reach = 0.8, .stops_short = 0.1}, "stopping short");
  expect_in_the_flow({.reach = 0.8}, "with a hold", Seconds{3});
  expect_in_the_flow({.reach = 0.8, .keeps = 0.7}, "letting go", Seconds{3});
}

TEST(Players, WhoCanDoVeryLittleFindTheEasiestEasy) {
  const Outcomes weak = outcomes({.reach = 0.3, .spread = 0.03});
  EXPECT_GE(weak.mean, kWanted - kAround);
  EXPECT_LT(weak.asked, 0.42);
}

TEST(Players, WhoCanDoEverythingAreAskedForThePrescribedAndNoMore) {
  for (int i = 0; i < kPlayers; ++i) {
    const PlayedSets played = play_sets({.reach = 1.3}, sets_of_ten(i), static_cast<unsigned>(i + 1));
    EXPECT_GE(played.success(), 0.95);
    EXPECT_LE(played.highest_asked, 1.0);
    EXPECT_EQ(played.level, 1.0);
  }
}

TEST(Players, WhoseFormNeedsWordsHaveItEasier) {
  const Outcomes plain = outcomes({.reach = 0.7});
  const Outcomes corrected = outcomes({.reach = 0.7, .needs_cues = 0.5});
  EXPECT_LT(corrected.asked, plain.asked);
  EXPECT_GT(corrected.mean, plain.mean);
}

TEST(Players, WhoTireAreAskedForLessAtTheEndOfASet) {
  double early = 0;
  double late = 0;
  for (int i = 0; i < kPlayers; ++i) {
    GameOptions options = sets_of_ten(i);
    options.kept_level = 0.8;
    const PlayedSets played =
        play_sets({.reach = 0.9, .tires = 0.35}, options, static_cast<unsigned>(i + 1), 1);
    for (std::size_t task = 0; task < 3; ++task) early += played.asked[task];
    for (std::size_t task = 7; task < 10; ++task) late += played.asked[task];
  }
  EXPECT_LT(late, 0.85 * early);
}

TEST(Players, AreNeverAskedPastTheCeilingOrForMoreThanPrescribed) {
  for (const double ceiling : {45.0, 70.0, 90.0}) {
    for (int i = 0; i < kPlayers; ++i) {
      GameOptions options = sets_of_ten(i);
      options.ceiling = ceiling * kPi / 180;
      const PlayedSets played =
          play_sets({.reach = 1.0, .only_as_asked = true}, options, static_cast<unsigned>(i + 1));
      EXPECT_LT(played.highest_asked, ceiling / 100);
      EXPECT_EQ(played.most_tasks, 10);
      EXPECT_EQ(played.repetitions, 30);
    }
  }
}

TEST(Players, WhoGoPastTheCeilingWinNothing) {
  for (int i = 0; i < kPlayers; ++i) {
    GameOptions options = sets_of_ten(i);
    options.ceiling = 0.6 * played_exercise().target;
    const PlayedSets played = play_sets({.reach = 0.9}, options, static_cast<unsigned>(i + 1));
    EXPECT_EQ(played.success(), 0);
    EXPECT_EQ(played.level, 0) << "and are asked for less";
  }
}

TEST(Players, WithEqualSeedsGetEqualGames) {
  const PlayedSets one = play_sets({}, sets_of_ten(0), 7);
  const PlayedSets other = play_sets({}, sets_of_ten(0), 7);
  EXPECT_EQ(one.succeeded, other.succeeded);
  EXPECT_EQ(one.asked, other.asked);
}

}  // namespace
}  // namespace reprise::engine
