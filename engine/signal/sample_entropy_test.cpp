// SPDX-License-Identifier: Apache-2.0
#include "engine/signal/sample_entropy.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

namespace reprise::engine {
namespace {

TEST(SampleEntropy, IsZeroForARepeatedPattern) {
  std::vector<double> pattern;
  for (int i = 0; i < 60; ++i) pattern.push_back(i % 3);
  const auto entropy = sample_entropy(pattern, 2, 0.1);
  ASSERT_TRUE(entropy);
  EXPECT_DOUBLE_EQ(*entropy, 0.0);
}

TEST(SampleEntropy, CountsPairsAsTheDefinitionSays) {
  // Templates of two samples that start at 0 to 4: (1 2) (2 1) (1 2) (2 1) (1 3). Of the ten pairs, 0-2 and
  // 1-3 agree; of three samples, 1 2 1 agrees with 1 2 1 and 2 1 2 differs from 2 1 3: ln(2 / 1).
  const std::vector<double> samples{1, 2, 1, 2, 1, 3, 5};
  const auto entropy = sample_entropy(samples, 2, 0.5);
  ASSERT_TRUE(entropy);
  EXPECT_NEAR(*entropy, std::log(2.0), 1e-12);
}

TEST(SampleEntropy, OfIndependentSamplesIsTheLogarithmOfTheChanceToAgree) {
  // For independent uniform samples from 0 to 1 two agree within r with the probability 2 r - r^2.
  std::mt19937 generator(7);
  std::vector<double> noise;
  for (int i = 0; i < 6000; ++i) noise.push_back(static_cast<double>(generator()) / 4294967296.0);
  for (const int m : {1, 2}) {
    const auto entropy = sample_entropy(noise, m, 0.1);
    ASSERT_TRUE(entropy);
    EXPECT_NEAR(*entropy, -std::log(0.19), 0.02) << m;
  }
}

TEST(SampleEntropy, TreatsADifferenceOfExactlyTheToleranceAsAgreement) {
  const std::vector<double> samples{0, 1, 0, 1, 0, 1};
  const auto wide = sample_entropy(samples, 1, 1.0);
  ASSERT_TRUE(wide);
  EXPECT_DOUBLE_EQ(*wide, 0.0);
}

TEST(SampleEntropy, RefusesWhatCannotBe) {
  const std::vector<double> rising{1, 2, 3, 4, 5, 6};
  EXPECT_EQ(sample_entropy(rising, 2, 0.1).error().code, ErrorCode::nothing_measured);
  EXPECT_EQ(sample_entropy(std::vector<double>{1, 2, 3}, 2, 0.1).error().code, ErrorCode::nothing_measured);
  EXPECT_EQ(sample_entropy(rising, 0, 0.1).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(sample_entropy(rising, 2, 0).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(sample_entropy(rising, 2, NAN).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(sample_entropy(std::vector<double>{1, NAN, 1, 2, 1}, 2, 0.1).error().code,
            ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace reprise::engine
