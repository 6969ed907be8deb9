// SPDX-License-Identifier: Apache-2.0
#include "engine/signal/signal_check.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace reprise::engine {
namespace {

std::vector<double> sine_wave(double frequency_hz, double amplitude, double rate_hz, std::size_t count) {
  std::vector<double> out(count);
  for (std::size_t i = 0; i < count; ++i)
    out[i] = amplitude * std::sin(2 * kPi * frequency_hz * static_cast<double>(i) / rate_hz + 0.3);
  return out;
}

TEST(SignalCheck, FindsNothingInACleanSine) {
  const auto check = check_signal(sine_wave(7.3, 1, 1000, 8000), Hertz{1000});
  ASSERT_TRUE(check);
  EXPECT_FALSE(check->constant);
  EXPECT_EQ(check->flat_share, 0);
  EXPECT_EQ(check->clipped_plateaus, 0U);
  ASSERT_TRUE(check->mains_share);
  EXPECT_LT(*check->mains_share, 1e-3);
}

TEST(SignalCheck, CountsThePlateausOfAClippedSine) {
  auto samples = sine_wave(2, 1, 100, 1000);  // 20 periods
  for (double& v : samples) v = std::clamp(v, -0.5, 0.5);
  const auto check = check_signal(samples, Hertz{100});
  ASSERT_TRUE(check);
  EXPECT_NEAR(static_cast<double>(check->clipped_plateaus), 40, 1);
  // |sin| is above 1/2 for two thirds of a period.
  EXPECT_NEAR(check->clipped_share, 2.0 / 3, 0.03);
}

TEST(SignalCheck, DoesNotTakeTheRoundedTopOfASlowSignalForClipping) {
  auto samples = sine_wave(0.05, 5, 100, 4000);
  for (double& v : samples) v = std::round(v * 2) / 2;  // a coarse converter
  const auto check = check_signal(samples, Hertz{100}, {Seconds{100}, 3});
  ASSERT_TRUE(check);
  EXPECT_EQ(check->clipped_plateaus, 0U);
}

TEST(SignalCheck, FindsADetachedStretch) {
  auto samples = sine_wave(7, 1, 100, 1000);
  std::fill(samples.begin() + 300, samples.begin() + 550, 0.0);
  const auto check = check_signal(samples, Hertz{100});
  ASSERT_TRUE(check);
  EXPECT_NEAR(check->flat_share, 0.25, 0.002);
}

TEST(SignalCheck, SaysThatAnAxisHasNoSignal) {
  const auto check = check_signal(std::vector<double>(500, 3.5), Hertz{100});
  ASSERT_TRUE(check);
  EXPECT_TRUE(check->constant);
  EXPECT_EQ(check->flat_share, 1);
  EXPECT_FALSE(check->mains_share);
}

TEST(SignalCheck, MeasuresTheShareOfMainsHum) {
  auto samples = sine_wave(7, 1, 500, 10000);
  const auto hum = sine_wave(60, 0.5, 500, 10000);
  for (std::size_t i = 0; i < samples.size(); ++i) samples[i] += hum[i];
  const auto check = check_signal(samples, Hertz{500});
  ASSERT_TRUE(check && check->mains_share);
  EXPECT_EQ(check->mains.value(), 60);
  EXPECT_NEAR(*check->mains_share, 0.25 / 1.25, 0.01);  // variances 1/2 and 1/8
}

TEST(SignalCheck, LeavesHumOpenWhereTheRateDoesNotShowIt) {
  const auto check = check_signal(sine_wave(7, 1, 100, 1000), Hertz{100});
  ASSERT_TRUE(check);
  EXPECT_FALSE(check->mains_share);
}

TEST(SignalCheck, RefusesBadInput) {
  EXPECT_EQ(check_signal(std::vector<double>(7, 1.0), Hertz{100}).error().code, ErrorCode::nothing_measured);
  EXPECT_EQ(check_signal(std::vector<double>(100, 1.0), Hertz{0}).error().code, ErrorCode::invalid_argument);
  std::vector<double> broken(100, 1.0);
  broken[3] = std::nan("");
  EXPECT_EQ(check_signal(broken, Hertz{100}).error().code, ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace reprise::engine
