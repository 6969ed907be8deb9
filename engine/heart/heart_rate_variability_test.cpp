// SPDX-License-Identifier: Apache-2.0
#include "engine/heart/heart_rate_variability.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "engine/heart/test_intervals.h"
#include "engine/signal/test_noise.h"

namespace reprise::engine {
namespace {

std::vector<NnInterval> nn_of(std::span<const double> durations_s) {
  std::vector<NnInterval> nn;
  double end_s = 0;
  for (const double d : durations_s) nn.push_back({Seconds{end_s += d}, Seconds{d}, false, nn.empty()});
  return nn;
}

/// Intervals whose duration swings with the time of their beat.
std::vector<double> breathing(double seconds, double mean_s, double amplitude_s, double frequency_hz) {
  std::vector<double> durations_s;
  double t = 0;
  while (t < seconds) {
    durations_s.push_back(mean_s + amplitude_s * std::sin(2 * kPi * frequency_hz * (t + mean_s)));
    t += durations_s.back();
  }
  return durations_s;
}

TEST(HrvTimeDomain, MatchesHandComputedValues) {
  // Durations 800, 810, 790, 850 ms: differences 10, -20, 60; squares sum to 4100.
  const auto result = hrv_time_domain(nn_of(std::vector<double>{0.800, 0.810, 0.790, 0.850}));
  ASSERT_TRUE(result);
  EXPECT_EQ(result->intervals, 4u);
  EXPECT_NEAR(result->mean_nn.value(), 0.8125, 1e-12);
  EXPECT_NEAR(result->sdnn.value(), std::sqrt(2075.0 / 3) / 1000, 1e-12);
  EXPECT_NEAR(result->rmssd.value(), std::sqrt(4100.0 / 3) / 1000, 1e-12);
  EXPECT_EQ(result->nn50, 1u);
  EXPECT_NEAR(result->pnn50, 1.0 / 3, 1e-12);
  EXPECT_NEAR(result->pnn20, 1.0 / 3, 1e-12);  // 20 ms is not above 20 ms
  EXPECT_NEAR(result->mean_heart_rate_bpm, (75 + 60 / 0.81 + 60 / 0.79 + 60 / 0.85) / 4, 1e-9);
  EXPECT_NEAR(result->triangular_index, 4.0, 1e-12);
}

TEST(HrvTimeDomain, CountsIntervalsByTheFullestClassOf8Milliseconds) {
  const auto result = hrv_time_domain(nn_of(std::vector<double>{0.804, 0.805, 0.811, 0.812, 0.700, 0.703}));
  EXPECT_NEAR(result->triangular_index, 6.0 / 3, 1e-12);  // 804 to 812 ms: 804, 805, 811
}

TEST(HrvTimeDomain, LeavesOutCorrectedIntervalsAndDifferencesAcrossBreaks) {
  auto nn = nn_of(std::vector<double>{0.8, 0.9, 0.85, 0.8, 1.0});
  nn[2].corrected = true;
  nn[4].after_break = true;
  const auto result = hrv_time_domain(nn);
  EXPECT_EQ(result->intervals, 4u);
  EXPECT_NEAR(result->mean_nn.value(), 0.875, 1e-12);
  EXPECT_NEAR(result->rmssd.value(), 0.1, 1e-12);
}

TEST(HrvTimeDomain, RefusesWhatItCannotUse) {
  EXPECT_EQ(hrv_time_domain({}).error().code, ErrorCode::nothing_measured);
  EXPECT_EQ(hrv_time_domain(nn_of(std::vector<double>{0.8})).error().code, ErrorCode::nothing_measured);
  EXPECT_EQ(hrv_time_domain(nn_of(std::vector<double>{0.8, 0})).error().code, ErrorCode::invalid_argument);
}

TEST(HrvFrequencyDomain, FindsThePowerOfASineInItsBand) {
  // A sine of amplitude a has a variance of a^2 / 2.
  const auto slow = hrv_frequency_domain(nn_of(breathing(600, 0.8, 0.03, 0.1)));
  ASSERT_TRUE(slow);
  EXPECT_NEAR(slow->lf_s2, 0.03 * 0.03 / 2, 0.03 * 0.03 / 2 * 0.05);
  EXPECT_GT(*slow->lf_share, 0.95);
  const auto fast = hrv_frequency_domain(nn_of(breathing(600, 0.8, 0.03, 0.25)));
  EXPECT_NEAR(fast->hf_s2, 0.03 * 0.03 / 2, 0.03 * 0.03 / 2 * 0.10);
  EXPECT_LT(*fast->lf_to_hf, 0.05);
  EXPECT_NEAR(*fast->lf_share + *fast->hf_share, 1, 1e-12);
  EXPECT_NEAR(fast->total_s2, fast->vlf_s2 + fast->lf_s2 + fast->hf_s2, 1e-15);
}

TEST(HrvFrequencyDomain, HasNoRatioWithoutPower) {
  const auto result = hrv_frequency_domain(nn_of(std::vector<double>(300, 0.8)));
  ASSERT_TRUE(result);
  EXPECT_FALSE(result->lf_to_hf);
  EXPECT_FALSE(result->lf_share);
}

TEST(HrvFrequencyDomain, RefusesWhatItCannotUse) {
  EXPECT_EQ(hrv_frequency_domain({}).error().code, ErrorCode::nothing_measured);
  EXPECT_EQ(hrv_frequency_domain(nn_of(std::vector<double>{0.8, 0.8})).error().code,
            ErrorCode::nothing_measured);
  const auto nn = nn_of(std::vector<double>(100, 0.8));
  EXPECT_EQ(hrv_frequency_domain(nn, {Hertz{0}, 256}).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(hrv_frequency_domain(nn, {Hertz{4}, 2}).error().code, ErrorCode::invalid_argument);
}

TEST(HrvNonlinear, DescribesThePoincarePlot) {
  // Alternating intervals: all spread lies across the line of identity.
  std::vector<double> durations_s;
  for (int i = 0; i < 200; ++i) durations_s.push_back(i % 2 == 0 ? 0.75 : 0.85);
  const auto result = hrv_nonlinear(nn_of(durations_s));
  ASSERT_TRUE(result);
  EXPECT_NEAR(result->sd1.value(), 0.1 / std::sqrt(2.0), 5e-4);
  EXPECT_LT(result->sd2.value(), 0.006);
  const auto random = hrv_nonlinear(nn_of(breathing(300, 0.8, 0.03, 0.1)));
  EXPECT_NEAR(*random->csi, random->sd2 / random->sd1, 1e-12);
  EXPECT_NEAR(*random->cvi, std::log10(16e6 * random->sd1.value() * random->sd2.value()), 1e-12);
}

TEST(HrvNonlinear, HasNoEntropyOfAConstantHeart) {
  const auto result = hrv_nonlinear(nn_of(std::vector<double>(200, 0.8)));
  ASSERT_TRUE(result);
  EXPECT_FALSE(result->sample_entropy);
  EXPECT_FALSE(result->dfa_alpha1);
  EXPECT_FALSE(result->csi);
  EXPECT_FALSE(result->cvi);
  EXPECT_EQ(hrv_nonlinear(nn_of(std::vector<double>{0.8, 0.8})).error().code, ErrorCode::nothing_measured);
}

TEST(DetrendedFluctuation, IsOneHalfForIndependentValuesAndOneMoreForTheirSum) {
  std::mt19937 random(11);
  test::NormalNoise normal(0, 1);
  std::vector<double> white, walk;
  double sum = 0;
  for (int i = 0; i < 20000; ++i) {
    white.push_back(normal(random));
    walk.push_back(sum += white.back());
  }
  // Short boxes are biased upward by the straight line that is taken from each.
  EXPECT_NEAR(*detrended_fluctuation(white, 16, 64), 0.5, 0.05);
  EXPECT_NEAR(*detrended_fluctuation(walk, 16, 64), 1.5, 0.05);
  EXPECT_FALSE(detrended_fluctuation(std::vector<double>(63, 1.0), 4, 16));
}

TEST(HeartRateVariability, IsGoodInFiveQuietMinutes) {
  auto durations_s = breathing(400, 0.9, 0.03, 0.1);
  const auto result = heart_rate_variability(normal_rr(durations_s));
  ASSERT_TRUE(result && result->time && result->frequency && result->nonlinear);
  EXPECT_EQ(result->time_rating.quality, HrvQuality::good);
  EXPECT_EQ(result->frequency_rating.quality, HrvQuality::good);
  EXPECT_EQ(result->nonlinear_rating.quality, HrvQuality::good);
  EXPECT_DOUBLE_EQ(result->usable_share, 1);
}

TEST(HeartRateVariability, SaysThatARecordingIsTooShort) {
  const auto minutes = heart_rate_variability(normal_rr(breathing(90, 0.9, 0.03, 0.1)));
  EXPECT_EQ(minutes->time_rating.quality, HrvQuality::limited);
  EXPECT_EQ(minutes->frequency_rating.quality, HrvQuality::unusable);
  EXPECT_EQ(minutes->frequency_rating.caveats, std::vector<HrvCaveat>{HrvCaveat::too_short});
  const auto nothing = heart_rate_variability({});
  ASSERT_TRUE(nothing);
  EXPECT_FALSE(nothing->time);
  EXPECT_EQ(nothing->time_rating.quality, HrvQuality::unusable);
}

TEST(HeartRateVariability, SaysThatManyIntervalsWereCorrected) {
  auto rr = normal_rr(breathing(400, 0.9, 0.03, 0.1));
  for (std::size_t i = 5; i + 1 < rr.size(); i += 10) rr[i].kind = RrKind::artefact;
  const auto result = heart_rate_variability(rr);
  EXPECT_EQ(result->frequency_rating.quality, HrvQuality::limited);
  EXPECT_EQ(result->frequency_rating.caveats, std::vector<HrvCaveat>{HrvCaveat::many_corrected});
  for (std::size_t i = 5; i + 1 < rr.size(); i += 3) rr[i].kind = RrKind::artefact;
  EXPECT_EQ(heart_rate_variability(rr)->time_rating.quality, HrvQuality::unusable);
}

TEST(HeartRateVariability, SaysThatAnIrregularRhythmIsUnusable) {
  std::mt19937 random(3);
  std::uniform_real_distribution<double> uniform(0.45, 1.05);
  std::vector<double> durations_s;
  for (int i = 0; i < 500; ++i) durations_s.push_back(uniform(random));
  const auto result = heart_rate_variability(normal_rr(durations_s));
  EXPECT_EQ(result->time_rating.quality, HrvQuality::unusable);
  const auto& caveats = result->time_rating.caveats;
  EXPECT_NE(std::find(caveats.begin(), caveats.end(), HrvCaveat::irregular_rhythm), caveats.end());
}

TEST(HeartRateVariability, SeesTheLongestPartOfABrokenSeries) {
  auto rr = normal_rr(breathing(700, 0.9, 0.03, 0.1));
  rr[rr.size() / 3].kind = RrKind::gap;
  const auto result = heart_rate_variability(rr);
  EXPECT_EQ(result->frequency_rating.caveats, std::vector<HrvCaveat>{HrvCaveat::broken});
  EXPECT_NEAR(result->longest_part.value(), 700 * 2.0 / 3, 3);
  EXPECT_EQ(result->time_rating.quality, HrvQuality::good);
}

}  // namespace
}  // namespace reprise::engine
