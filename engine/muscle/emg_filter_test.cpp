// SPDX-License-Identifier: Apache-2.0
#include "engine/muscle/emg_filter.h"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/muscle/emg_test_signals.h"

namespace reprise::engine {
namespace {

std::vector<double> tone(double hertz, double rate_hz = 2000, int samples = 8000) {
  std::vector<double> result;
  for (int i = 0; i < samples; ++i) result.push_back(std::sin(2 * kPi * hertz * i / rate_hz));
  return result;
}

double gain_of(double hertz, const EmgFilterOptions& options) {
  const auto filtered = filter_emg(tone(hertz), Hertz{2000}, options);
  return filtered ? testing::rms(filtered->samples, 2000, 6000) * std::sqrt(2.0) : -1;
}

TEST(FilterEmg, PassesItsBandOnly) {
  EmgFilterOptions options;
  options.mains = MainsRemoval::off;
  EXPECT_NEAR(gain_of(100, options), 1, 0.01);
  EXPECT_NEAR(gain_of(20, options), std::sqrt(0.5), 0.01);
  EXPECT_LT(gain_of(5, options), 0.01);
  EXPECT_NEAR(gain_of(450, options), std::sqrt(0.5), 0.01);
  EXPECT_LT(gain_of(800, options), 0.01);
}

TEST(FilterEmg, RemovesTheHeartByAHigherEdge) {
  EmgFilterOptions options;
  options.mains = MainsRemoval::off;
  options.remove_ecg = true;
  EXPECT_NEAR(gain_of(30, options), std::sqrt(0.5), 0.01);
  EXPECT_LT(gain_of(15, options), 0.1);
}

TEST(FilterEmg, RemovesHumAndKeepsTheMuscle) {
  const auto clean = testing::simulated_emg(6, 5e-6, 1e-4, {{2, 4}});
  auto hummed = clean;
  testing::add_hum(hummed, 2e-4, 50.07);
  EmgFilterOptions off;
  off.mains = MainsRemoval::off;
  const auto expected = filter_emg(clean, Hertz{1000}, off);
  const auto filtered = filter_emg(hummed, Hertz{1000});
  ASSERT_TRUE(expected && filtered);
  ASSERT_TRUE(filtered->mains);
  EXPECT_NEAR(testing::rms(filtered->samples, 2200, 3800), testing::rms(expected->samples, 2200, 3800), 5e-6);
  EXPECT_LT(testing::rms(filtered->samples, 0, 1000), 2 * testing::rms(expected->samples, 0, 1000));
}

TEST(FilterEmg, LeavesNoBurstOfHumAloneNotEvenAtTheEnds) {
  std::vector<double> hum(5000, 0.0);
  testing::add_hum(hum, 1e-3, 59.93);
  const auto filtered = filter_emg(hum, Hertz{1000});
  ASSERT_TRUE(filtered);
  for (std::size_t from = 0; from < 5000; from += 250) {
    EXPECT_LT(testing::rms(filtered->samples, from, from + 250), 1e-4) << from;
  }
}

TEST(FilterEmg, LowersTheUpperEdgeForASlowRecording) {
  const auto filtered = filter_emg(testing::simulated_emg(3, 1e-5, 1e-4, {}, 600), Hertz{600});
  ASSERT_TRUE(filtered);
  EXPECT_DOUBLE_EQ(filtered->high.value(), 270);
}

TEST(FilterEmg, RefusesBadInput) {
  EmgFilterOptions options;
  options.low = Hertz{500};
  EXPECT_EQ(filter_emg(tone(50), Hertz{2000}, options).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(filter_emg(tone(50), Hertz{250}).error().code, ErrorCode::unsupported);
  EXPECT_EQ(filter_emg(std::vector<double>(2000, INFINITY), Hertz{2000}).error().code,
            ErrorCode::invalid_argument);
  EXPECT_EQ(EmgFilter::create(Hertz{100}).error().code, ErrorCode::unsupported);
}

TEST(EmgFilter, FindsTheMainsItselfAndRemovesIt) {
  for (const double mains_hz : {50.0, 60.0}) {
    auto filter = EmgFilter::create(Hertz{1000});
    ASSERT_TRUE(filter);
    auto samples = testing::simulated_emg(8, 5e-6, 1e-4, {});
    testing::add_hum(samples, 2e-4, mains_hz);
    std::vector<double> filtered;
    for (const double v : samples) filtered.push_back(filter->step(v));
    ASSERT_TRUE(filter->mains());
    EXPECT_DOUBLE_EQ(filter->mains()->value(), mains_hz);
    EXPECT_GT(testing::rms(filtered, 500, 1500), 1e-4);
    EXPECT_LT(testing::rms(filtered, 5000, 8000), 6e-6);
  }
}

TEST(EmgFilter, LeavesMuscleActivityAloneAndBridgesADropout) {
  auto filter = EmgFilter::create(Hertz{1000});
  ASSERT_TRUE(filter);
  double last = 0;
  for (const double v : testing::simulated_emg(30, 5e-6, 1e-4, {{3, 12}, {15, 28}})) last = filter->step(v);
  EXPECT_FALSE(filter->mains());
  EXPECT_DOUBLE_EQ(filter->step(NAN), last);
}

}  // namespace
}  // namespace reprise::engine
