// SPDX-License-Identifier: Apache-2.0
#include "engine/ergonomics/work_load.h"

#include <gtest/gtest.h>

namespace reprise::engine {
namespace {

ScoredMoment moment_at(double time_s, int least, int most) {
  const auto ranged = [](int low, int high) {
    return RangedScore{{low, high},
                       {action_level(WorkMethod::rula, low), action_level(WorkMethod::rula, high)}};
  };
  return {Seconds{time_s}, MomentScore{ranged(least, most), ranged(least, least)}};
}

TEST(WorkLoad, SharesOfTimeLieBetweenSurelyAndPossibly) {
  // Five seconds at 1, five between 1 and 3, then two in which no one is seen.
  std::vector<ScoredMoment> moments;
  for (int i = 0; i <= 100; ++i) moments.push_back(moment_at(0.1 * i, 1, i < 50 ? 1 : 3));
  for (int i = 101; i <= 120; ++i) moments.push_back({Seconds{0.1 * i}, std::nullopt});
  const WorkLoad load = work_load(WorkMethod::rula, moments);
  ASSERT_EQ(load.shares.size(), 4U);
  EXPECT_NEAR(load.scored.value(), 10.05, 1e-9);
  EXPECT_NEAR(load.not_seen.value(), 1.95, 1e-9);
  EXPECT_NEAR(load.not_filmed.value(), 0, 1e-9);
  EXPECT_NEAR(load.shares[0].all.surely, 4.95 / 10.05, 1e-9);
  EXPECT_NEAR(load.shares[0].all.possibly, 1, 1e-9);
  EXPECT_NEAR(load.shares[1].all.surely, 0, 1e-9);
  EXPECT_NEAR(load.shares[1].all.possibly, 5.1 / 10.05, 1e-9);
  EXPECT_EQ(load.shares[2].all.possibly, 0);
  ASSERT_EQ(load.spans.size(), 2U);
  EXPECT_NEAR(load.spans[0].to.value(), 4.95, 1e-9);
  EXPECT_EQ(load.spans[1].score.all.score, (ScoreRange{1, 3}));
  EXPECT_NEAR(load.shares[0].measured.surely, 1, 1e-9) << "as measured all is 1";
}

TEST(WorkLoad, WhatWasNotFilmedIsNotScored) {
  const std::vector<ScoredMoment> moments = {moment_at(0, 1, 1), moment_at(60, 7, 7)};
  const WorkLoad load = work_load(WorkMethod::rula, moments);
  EXPECT_NEAR(load.scored.value(), 1, 1e-9) << "half a second beside each moment";
  EXPECT_NEAR(load.shares[3].all.surely, 0.5, 1e-9);
  EXPECT_NEAR(load.not_filmed.value(), 59, 1e-9);
  EXPECT_NEAR(load.longest_gap.value(), 60, 1e-9);
  EXPECT_EQ(load.not_seen, Seconds{0});
  EXPECT_TRUE(work_load(WorkMethod::rula, {}).spans.empty());
  EXPECT_EQ(work_load(WorkMethod::rula, {}).scored, Seconds{0});
}

TEST(WorkLoad, WorstMomentsLieApart) {
  std::vector<ScoredMoment> moments;
  for (int i = 0; i < 300; ++i) {
    const bool lift = i % 100 >= 40 && i % 100 < 60;
    moments.push_back(moment_at(0.1 * i, lift ? 5 + i / 100 : 1, 7));
  }
  const auto worst = worst_moments(moments, {.most = 3, .apart = Seconds{5}});
  ASSERT_EQ(worst.size(), 3U);
  EXPECT_EQ(worst[0], 240U) << "the third lift is the worst, and its first moment is shown";
  EXPECT_EQ(worst[1], 140U);
  EXPECT_EQ(worst[2], 40U);
  EXPECT_TRUE(worst_moments({}).empty());
}

}  // namespace
}  // namespace reprise::engine
