// SPDX-License-Identifier: Apache-2.0
#include "engine/change/change_noise.h"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/change/simulated_weeks.h"

namespace reprise::engine {
namespace {

std::vector<ValueGroup> days_of(const std::vector<double>& values) {
  std::vector<ValueGroup> groups;
  for (std::size_t i = 0; i < values.size(); ++i)
    groups.push_back({static_cast<double>(i), static_cast<std::int64_t>(i), {values[i]}, values[i], 0});
  return groups;
}

std::vector<double> noisy(int count, double level, double deviation, double correlation = 0) {
  std::mt19937 random(7);
  const test::NormalNoise normal;
  std::vector<double> values;
  double state = normal(random);
  for (int i = 0; i < count; ++i) {
    state = correlation * state + std::sqrt(1 - correlation * correlation) * normal(random);
    values.push_back(level + deviation * state);
  }
  return values;
}

TEST(ChangeNoise, FindsLevelAndDeviationDespiteWildValues) {
  auto values = noisy(200, 60, 3);
  for (std::size_t i = 0; i < values.size(); i += 20) values[i] = 600;
  const ChangeNoise noise = change_noise(days_of(values), {.season = 0});
  EXPECT_NEAR(noise.level, 60, 0.7) << "three standard errors of a median of 200";
  EXPECT_NEAR(noise.deviation, 3, 0.7) << "5 % of values pulled in to 2.5 deviations add up to a fifth";
}

TEST(ChangeNoise, FindsTheCorrelationOfNeighborsOnceThereAreEnough) {
  EXPECT_NEAR(change_noise(days_of(noisy(20, 60, 3, 0.9)), {.season = 0}).correlation, 0.5, 0.2)
      << "twenty pairs count as much as the expectation of 0.3";
  EXPECT_NEAR(change_noise(days_of(noisy(1000, 60, 3, 0.6)), {.season = 0}).correlation, 0.6, 0.1);
  EXPECT_NEAR(change_noise(days_of(noisy(1000, 60, 3)), {.season = 0}).correlation, 0, 0.1);
}

TEST(ChangeNoise, FindsThePatternOfTheWeekdaysByAndBy) {
  auto values = noisy(140, 60, 1);
  for (std::size_t i = 5; i < values.size(); i += 7) values[i] += 10;
  const ChangeNoise noise = change_noise(days_of(values), {});
  EXPECT_NEAR(noise.of_season(5) - noise.of_season(2), 10, 3);
  EXPECT_DOUBLE_EQ(noise.of_season(-2), noise.of_season(5)) << "days before the origin of time, too";
  EXPECT_LT(noise.deviation, 2);
}

TEST(ChangeNoise, EqualValuesStillHaveADeviation) {
  EXPECT_DOUBLE_EQ(change_noise(days_of(std::vector<double>(20, 50.0)), {}).deviation, 1) << "2 % of 50";
  EXPECT_DOUBLE_EQ(change_noise(days_of(std::vector<double>(20, 0.0)), {}).deviation, 0) << "unknown";
}

TEST(ChangeNoise, ADeviationWhoseSquareIsZeroIsUnknown) {
  const ChangeNoise noise = change_noise(days_of(noisy(20, 0, 1e-170)), {});
  EXPECT_EQ(noise.deviation, 0);
  EXPECT_EQ(noise.correlation, 0);
  EXPECT_EQ(noise.degrees, 1);
}

TEST(ChangeNoise, AGroupWithFewValuesOrMuchUncertaintyCountsLess) {
  ChangeNoise noise;
  noise.deviation = 2;
  noise.within = 6;
  noise.usual_count = 10;
  const ValueGroup whole{0, 0, std::vector<double>(10, 1.0), 1, 0};
  const ValueGroup begun{1, 1, {1.0}, 1, 0};
  const ValueGroup vague{1, 1, std::vector<double>(10, 1.0), 1, 2 * 2 * 1.6449};
  EXPECT_DOUBLE_EQ(noise.weight(whole), 1);
  EXPECT_NEAR(noise.weight(begun), 1 / (1 + 9 * 0.9), 1e-9);
  EXPECT_NEAR(noise.weight(vague), 0.25, 1e-9) << "twice the person's deviation is four times the variance";
}

TEST(ChangeSum, NeighborsThatAreAlikeSayLess) {
  ChangeNoise noise;
  noise.deviation = 1;
  noise.correlation = 0.5;
  const auto groups = days_of({1, 2, 6});
  ChangeSum sum{noise};
  for (const ValueGroup& group : groups) sum.add(group, group.middle);
  EXPECT_DOUBLE_EQ(sum.mean(), 3);
  EXPECT_NEAR(sum.variance(), (3 + 2 * (0.5 + 0.5 + 0.25)) / 9, 1e-12);
}

}  // namespace
}  // namespace reprise::engine
