// SPDX-License-Identifier: Apache-2.0
#include "engine/heart/rhythm_regularity.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "engine/heart/test_intervals.h"

namespace reprise::engine {
namespace {

TEST(RhythmRegularity, CallsIndependentIntervalsIrregular) {
  std::mt19937 random(3);
  std::gamma_distribution<double> gamma(8, 0.05);
  std::vector<double> durations_s;
  for (int i = 0; i < 300; ++i) durations_s.push_back(0.35 + gamma(random));
  const auto result = rhythm_regularity(normal_rr(durations_s));
  ASSERT_TRUE(result);
  EXPECT_TRUE(result->irregular);
  EXPECT_DOUBLE_EQ(result->irregular_share, 1);
}

TEST(RhythmRegularity, KnowsThatBreathingSwingsAHealthyHeart) {
  std::vector<double> durations_s;
  for (int i = 0; i < 300; ++i) durations_s.push_back(1 + 0.15 * std::sin(2 * kPi * i / 5.3));
  EXPECT_FALSE(rhythm_regularity(normal_rr(durations_s))->irregular);
}

TEST(RhythmRegularity, IsNotMisledBySomeEctopicBeats) {
  std::vector<double> durations_s;
  for (int i = 0; i < 300; ++i) {
    durations_s.push_back(0.8 + 0.01 * std::sin(2.0 * i) + (i % 10 == 3 ? -0.3 : i % 10 == 4 ? 0.3 : 0));
  }
  EXPECT_FALSE(rhythm_regularity(normal_rr(durations_s))->irregular);
}

TEST(RhythmRegularity, CallsEveryOtherBeatEctopicIrregular) {
  std::vector<double> durations_s;
  for (int i = 0; i < 300; ++i) durations_s.push_back(i % 2 == 0 ? 0.55 : 1.05);
  EXPECT_TRUE(rhythm_regularity(normal_rr(durations_s))->irregular);
}

TEST(RhythmRegularity, RefusesWhatItCannotUse) {
  EXPECT_EQ(rhythm_regularity(normal_rr(std::vector<double>(63, 0.8))).error().code,
            ErrorCode::nothing_measured);
  auto parted = normal_rr(std::vector<double>(100, 0.8));
  parted[50].kind = RrKind::gap;
  EXPECT_EQ(rhythm_regularity(parted).error().code, ErrorCode::nothing_measured);
  RhythmOptions options;
  options.window = 15;
  EXPECT_EQ(rhythm_regularity(parted, options).error().code, ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace reprise::engine
