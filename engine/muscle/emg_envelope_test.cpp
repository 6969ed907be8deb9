// SPDX-License-Identifier: Apache-2.0
#include "engine/muscle/emg_envelope.h"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/muscle/emg_test_signals.h"

namespace reprise::engine {
namespace {

TEST(LinearEnvelope, OfASinusoidIsItsMeanRectifiedValue) {
  std::vector<double> samples;
  for (int i = 0; i < 4000; ++i) samples.push_back(std::sin(2 * kPi * 0.1 * i));
  const auto envelope = linear_envelope(samples, Hertz{1000});
  ASSERT_TRUE(envelope);
  // The samples fall on sin(0), 36, 72, ... degrees: their mean rectified value is exactly this.
  const double expected = (2 * std::sin(kPi / 5) + 2 * std::sin(2 * kPi / 5)) / 5;
  EXPECT_NEAR((*envelope)[2000], expected, 1e-4);
}

TEST(LinearEnvelope, IsNeverBelowZero) {
  const auto envelope = linear_envelope(testing::simulated_emg(3, 0, 1, {{1, 1.2}}), Hertz{1000});
  ASSERT_TRUE(envelope);
  for (const double v : *envelope) EXPECT_GE(v, 0);
  EXPECT_EQ(linear_envelope(std::vector<double>{1, NAN}, Hertz{1000}).error().code,
            ErrorCode::nothing_measured);
}

TEST(MovingRms, OfAConstantIsItsSize) {
  const std::vector<double> samples(500, -3.0);
  const auto offline = moving_rms(samples, Hertz{1000});
  ASSERT_TRUE(offline);
  for (const double v : *offline) EXPECT_NEAR(v, 3, 1e-12);
  auto live = MovingRms::create(Hertz{1000});
  ASSERT_TRUE(live);
  for (const double v : samples) EXPECT_NEAR(live->step(v), 3, 1e-12);
}

TEST(MovingRms, LiveEqualsOfflineOverTheSameWindow) {
  const auto samples = testing::simulated_emg(2, 1, 1, {});
  const auto offline = moving_rms(samples, Hertz{1000});
  auto live = MovingRms::create(Hertz{1000});
  ASSERT_TRUE(offline && live);
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const double value = live->step(samples[i]);
    if (i >= 100) {
      EXPECT_NEAR(value, (*offline)[i - 49], 1e-9) << i;
    }
  }
}

TEST(MovingRms, ForgetsALoudPastExactly) {
  auto live = MovingRms::create(Hertz{1000});
  ASSERT_TRUE(live);
  for (int i = 0; i < 500; ++i) live->step(1e8);
  double last = 1;
  for (int i = 0; i < 250; ++i) last = live->step(0);
  EXPECT_DOUBLE_EQ(last, 0);
}

TEST(Envelope, RefusesBadInput) {
  EXPECT_EQ(MovingRms::create(Hertz{1000}, Seconds{0}).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(MovingRms::create(Hertz{-1}).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(moving_rms({}, Hertz{1000}).error().code, ErrorCode::nothing_measured);
  EXPECT_EQ(EnvelopeFollower::create(Hertz{1000}, Hertz{600}).error().code, ErrorCode::invalid_argument);
}

TEST(EnvelopeFollower, ReachesTheMeanRectifiedValue) {
  auto follower = EnvelopeFollower::create(Hertz{1000});
  ASSERT_TRUE(follower);
  double last = 0;
  for (int i = 0; i < 2000; ++i) last = follower->step(i % 2 == 0 ? 2.0 : -2.0);
  EXPECT_NEAR(last, 2, 1e-9);
  EXPECT_NEAR(follower->step(NAN), 2, 1e-9);
}

}  // namespace
}  // namespace reprise::engine
