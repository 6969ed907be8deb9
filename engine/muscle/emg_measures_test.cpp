// SPDX-License-Identifier: Apache-2.0
#include "engine/muscle/emg_measures.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "engine/muscle/emg_test_signals.h"
#include "engine/signal/butterworth.h"
#include "engine/signal/test_noise.h"

namespace reprise::engine {
namespace {

/// Noise through a resonance whose frequency falls from `from_hz` to `to_hz`, a second at a time.
std::vector<double> tiring_muscle(double from_hz, double to_hz, int seconds) {
  std::mt19937 generator(2);
  test::NormalNoise normal(0, 1);
  std::vector<double> samples;
  double y1 = 0, y2 = 0;
  for (int i = 0; i < seconds * 1000; ++i) {
    const double hz = from_hz + (to_hz - from_hz) * i / (seconds * 1000.0);
    const double radius = 0.9;
    const double y =
        2 * radius * std::cos(2 * kPi * hz / 1000) * y1 - radius * radius * y2 + normal(generator);
    y2 = y1;
    samples.push_back(y1 = y);
  }
  return samples;
}

TEST(ReferenceAmplitude, IsTheLargestMeanOfAWindow) {
  std::vector<double> envelope(3000, 0.1);
  for (int i = 1000; i < 1500; ++i) envelope[static_cast<std::size_t>(i)] = 0.8;
  const auto reference = reference_amplitude(envelope, Hertz{1000});
  ASSERT_TRUE(reference);
  EXPECT_NEAR(*reference, 0.8, 1e-12);
  const auto shares = normalize_emg(envelope, *reference);
  ASSERT_TRUE(shares);
  EXPECT_NEAR((*shares)[0], 0.125, 1e-12);
  EXPECT_EQ(reference_amplitude(std::vector<double>(3000, 0.0), Hertz{1000}).error().code,
            ErrorCode::nothing_measured);
  EXPECT_EQ(normalize_emg(envelope, 0).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(reference_amplitude(envelope, Hertz{1000}, Seconds{0}).error().code, ErrorCode::invalid_argument);
}

TEST(EmgFatigue, FollowsAFallingMedianFrequency) {
  const auto fatigue = emg_fatigue(tiring_muscle(120, 80, 40), Hertz{1000});
  ASSERT_TRUE(fatigue) << to_string(fatigue.error());
  EXPECT_EQ(fatigue->time_s.size(), 40u);
  EXPECT_NEAR(fatigue->initial.value(), 120, 6);
  EXPECT_NEAR(fatigue->slope_hzps, -1, 0.15);
  EXPECT_TRUE(fatigue->significant);
  EXPECT_NEAR(fatigue->change, -1.0 / 3, 0.05);
}

TEST(EmgFatigue, IsNotSignificantInASteadyMuscle) {
  const auto fatigue = emg_fatigue(tiring_muscle(100, 100, 30), Hertz{1000});
  ASSERT_TRUE(fatigue);
  EXPECT_NEAR(fatigue->slope_hzps, 0, 0.3);
  EXPECT_GT(fatigue->slope_confidence_hzps, 0);
  EXPECT_FALSE(fatigue->significant);
}

TEST(EmgFatigue, LeavesRestOut) {
  auto samples = tiring_muscle(120, 80, 20);
  for (std::size_t i = 0; i < 5000; ++i) samples[i] *= 0.01;
  const auto fatigue = emg_fatigue(samples, Hertz{1000});
  ASSERT_TRUE(fatigue);
  EXPECT_EQ(fatigue->time_s.size(), 15u);
  EXPECT_NEAR(fatigue->time_s.front(), 5.5, 1e-9);
}

TEST(EmgFatigue, RefusesBadInput) {
  EXPECT_EQ(emg_fatigue(tiring_muscle(100, 100, 3), Hertz{1000}).error().code, ErrorCode::nothing_measured);
  EXPECT_EQ(emg_fatigue(std::vector<double>(9000, 0.0), Hertz{1000}).error().code,
            ErrorCode::nothing_measured);
  EXPECT_EQ(emg_fatigue(tiring_muscle(100, 100, 9), Hertz{100}).error().code, ErrorCode::unsupported);
  EmgFatigueOptions options;
  options.window = Seconds{0};
  EXPECT_EQ(emg_fatigue(tiring_muscle(100, 100, 9), Hertz{1000}, options).error().code,
            ErrorCode::invalid_argument);
}

TEST(CoContraction, OfEqualEnvelopesIsComplete) {
  const std::vector<double> a(100, 0.4);
  const auto index = co_contraction(a, a);
  ASSERT_TRUE(index);
  EXPECT_NEAR(index->falconer_winter, 1, 1e-12);
  EXPECT_NEAR(index->rudolph, 0.8, 1e-12);
}

TEST(CoContraction, FollowsItsFormulas) {
  const std::vector<double> a{0.2, 0.4, 0.0, 0.0}, b{0.6, 0.1, 0.3, 0.0};
  const auto index = co_contraction(a, b);
  ASSERT_TRUE(index);
  EXPECT_NEAR(index->falconer_winter, 2 * 0.3 / 1.6, 1e-12);
  EXPECT_NEAR(index->rudolph, (0.8 / 3 + 0.5 / 4) / 4, 1e-12);
}

TEST(CoContraction, RefusesBadInput) {
  const std::vector<double> a(10, 0.4), short_one(9, 0.4), rest(10, 0.0), negative(10, -0.1);
  EXPECT_EQ(co_contraction(a, short_one).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(co_contraction(a, negative).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(co_contraction(a, std::vector<double>(10, NAN)).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(co_contraction(rest, rest).error().code, ErrorCode::nothing_measured);
}

TEST(SymmetryIndex, ComparesTheSides) {
  EXPECT_NEAR(**symmetry_index(0.5, 0.5), 0, 1e-12);
  EXPECT_NEAR(**symmetry_index(0.4, 0.6), 0.4, 1e-12);
  EXPECT_NEAR(**symmetry_index(0.5, 0), -2, 1e-12);
  EXPECT_FALSE(*symmetry_index(0, 0));
  EXPECT_EQ(symmetry_index(-1, 0).error().code, ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace reprise::engine
