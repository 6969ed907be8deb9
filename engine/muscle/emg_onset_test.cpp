// SPDX-License-Identifier: Apache-2.0
#include "engine/muscle/emg_onset.h"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/muscle/emg_test_signals.h"

namespace reprise::engine {
namespace {

TEST(TeagerKaiserEnergy, OfASinusoidIsConstant) {
  std::vector<double> samples;
  for (int i = 0; i < 200; ++i) samples.push_back(2 * std::cos(0.3 * i));
  // A^2 sin^2(w) for A cos(w n).
  for (const double v : teager_kaiser_energy(samples)) {
    EXPECT_NEAR(v, 4 * std::pow(std::sin(0.3), 2), 1e-12);
  }
  EXPECT_TRUE(teager_kaiser_energy(std::vector<double>{1, 2}).empty());
}

TEST(EmgBursts, AreTimedWithinTwentyMilliseconds) {
  const auto samples = testing::simulated_emg(6, 5e-6, 5e-5, {{1.5, 2.2}, {3.7, 4.9}});
  const auto found = emg_bursts(samples, Hertz{1000});
  ASSERT_TRUE(found) << to_string(found.error());
  ASSERT_EQ(found->bursts.size(), 2u);
  EXPECT_NEAR(found->bursts[0].onset.value(), 1.5, 0.02);
  EXPECT_NEAR(found->bursts[0].offset.value(), 2.2, 0.02);
  EXPECT_NEAR(found->bursts[1].onset.value(), 3.7, 0.02);
  EXPECT_NEAR(found->bursts[1].offset.value(), 4.9, 0.02);
  // The baseline is the quietest of many windows, so it lies below the noise's own size.
  EXPECT_NEAR(found->bursts[0].contrast, 11.5, 2.5);
  EXPECT_TRUE(found->bursts[0].complete);
}

TEST(EmgBursts, FindTheBaselineWhereverItLies) {
  // Active from the start: rest comes only in the middle.
  const auto samples = testing::simulated_emg(5, 5e-6, 5e-5, {{0, 2}, {3, 5}});
  const auto found = emg_bursts(samples, Hertz{1000});
  ASSERT_TRUE(found);
  ASSERT_EQ(found->bursts.size(), 2u);
  EXPECT_GT(found->baseline_start.value(), 2);
  EXPECT_LT(found->baseline_start.value(), 2.8);
  EXPECT_FALSE(found->bursts[0].complete);
  EXPECT_NEAR(found->bursts[0].offset.value(), 2, 0.02);
  EXPECT_NEAR(found->bursts[1].onset.value(), 3, 0.02);
}

TEST(EmgBursts, AreFoundUnderHumTwiceAsStrong) {
  auto samples = testing::simulated_emg(6, 5e-6, 5e-5, {{1.5, 2.2}, {3.7, 4.9}});
  testing::add_hum(samples, 1e-4, 49.95);
  const auto found = emg_bursts(samples, Hertz{1000});
  ASSERT_TRUE(found);
  ASSERT_EQ(found->bursts.size(), 2u);
  EXPECT_NEAR(found->bursts[0].onset.value(), 1.5, 0.02);
  EXPECT_NEAR(found->bursts[1].offset.value(), 4.9, 0.06);  // hum that strong blurs it
}

TEST(EmgBursts, NoneAreInventedInHumOrNoise) {
  for (unsigned seed = 0; seed < 30; ++seed) {
    auto samples = testing::simulated_emg(10, 1e-5, 1e-5, {}, 1000, seed);
    const auto noise = emg_bursts(samples, Hertz{1000});
    ASSERT_TRUE(noise);
    EXPECT_TRUE(noise->bursts.empty()) << seed;
    for (double& v : samples) v *= 0.01;
    testing::add_hum(samples, 1e-3, seed % 2 == 0 ? 50.02 : 59.97);
    const auto hum = emg_bursts(samples, Hertz{1000});
    ASSERT_TRUE(hum);
    EXPECT_TRUE(hum->bursts.empty()) << seed;
  }
  std::vector<double> pure(8000, 0.0);
  testing::add_hum(pure, 1e-3, 50.1);
  const auto found = emg_bursts(pure, Hertz{1000});
  ASSERT_TRUE(found);
  EXPECT_TRUE(found->bursts.empty());
}

TEST(EmgBursts, NoneAreInventedInHumThatSwellsAndDrifts) {
  std::vector<double> samples = testing::simulated_emg(20, 1e-6, 1e-6, {});
  double phase = 0;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const double t = static_cast<double>(i) / 1000;
    phase += 2 * kPi * (50 + 0.05 * std::sin(0.4 * t)) / 1000;
    samples[i] += 1e-3 * (1 + 0.3 * std::sin(2 * kPi * 0.5 * t)) * std::sin(phase);
  }
  const auto found = emg_bursts(samples, Hertz{1000});
  ASSERT_TRUE(found);
  EXPECT_TRUE(found->bursts.empty());
}

TEST(EmgBursts, DoNotDependOnTheUnit) {
  auto samples = testing::simulated_emg(4, 5e-6, 5e-5, {{1.5, 2.2}});
  const auto volts = emg_bursts(samples, Hertz{1000});
  for (double& v : samples) v = 1000 * v + 12;
  const auto millivolts = emg_bursts(samples, Hertz{1000});
  ASSERT_TRUE(volts && millivolts);
  ASSERT_EQ(volts->bursts.size(), millivolts->bursts.size());
  EXPECT_DOUBLE_EQ(volts->bursts[0].onset.value(), millivolts->bursts[0].onset.value());
}

TEST(EmgBursts, RefuseBadInput) {
  EXPECT_EQ(emg_bursts(std::vector<double>(3000, 1.5), Hertz{1000}).error().code,
            ErrorCode::nothing_measured);
  EXPECT_EQ(emg_bursts(std::vector<double>(3000, 0.0), Hertz{1000}).error().code,
            ErrorCode::nothing_measured);
  EXPECT_EQ(emg_bursts(std::vector<double>(3000, NAN), Hertz{1000}).error().code,
            ErrorCode::invalid_argument);
  EXPECT_EQ(emg_bursts(std::vector<double>(3000, 1.5), Hertz{100}).error().code, ErrorCode::unsupported);
  EmgOnsetOptions options;
  options.baseline = Seconds{2};
  EXPECT_EQ(emg_bursts(testing::simulated_emg(3, 1, 1, {}), Hertz{1000}, options).error().code,
            ErrorCode::nothing_measured);
}

}  // namespace
}  // namespace reprise::engine
