// SPDX-License-Identifier: Apache-2.0
#include "engine/signal/sound_level.h"

#include <gtest/gtest.h>

#include <cmath>

namespace reprise::engine {
namespace {

std::vector<float> tone(double frequency_hz, double rate_hz, double seconds, double amplitude) {
  std::vector<float> out;
  for (std::size_t i = 0; static_cast<double>(i) < seconds * rate_hz; ++i)
    out.push_back(
        static_cast<float>(amplitude * std::sin(2 * kPi * frequency_hz * static_cast<double>(i) / rate_hz)));
  return out;
}

double mean_power(const SoundLevels& levels, std::size_t from, std::size_t to) {
  double sum = 0;
  for (std::size_t i = from; i < to; ++i) sum += static_cast<double>(levels.power[i]);
  return sum / static_cast<double>(to - from);
}

TEST(SoundLevelMeter, GivesTheMeanSquareOfAToneAtEveryRate) {
  for (const double rate_hz : {8000.0, 16000.0, 44100.0, 48000.0}) {
    auto meter = SoundLevelMeter::start(Hertz{rate_hz});
    ASSERT_TRUE(meter);
    meter->add(Seconds{0.25}, tone(3000, rate_hz, 0.5, 0.2));
    const SoundLevels levels = meter->finish();
    EXPECT_DOUBLE_EQ(levels.from.value(), 0.25);
    ASSERT_NEAR(static_cast<double>(levels.power.size()), 500, 1) << rate_hz;
    // Gain of a Butterworth high-pass of order 2 at three times its cut-off: 1/sqrt(1 + 1/81), and a little
    // more near half the rate, where the bilinear transform bends the frequencies.
    EXPECT_NEAR(mean_power(levels, 50, 450), 0.5 * 0.04, 0.0004) << rate_hz;
  }
}

TEST(SoundLevelMeter, LeavesHumOut) {
  auto meter = SoundLevelMeter::start(Hertz{48000});
  ASSERT_TRUE(meter);
  meter->add(Seconds{0}, tone(100, 48000, 0.5, 0.5));
  EXPECT_LT(mean_power(meter->finish(), 50, 450), 1e-4 * 0.125);  // 40 dB a decade
}

TEST(SoundLevelMeter, KeepsGapsAndLeavesRepeatedSoundOut) {
  auto meter = SoundLevelMeter::start(Hertz{8000});
  ASSERT_TRUE(meter);
  meter->add(Seconds{-0.1}, tone(2500, 8000, 0.1, 0.1));
  meter->add(Seconds{0.005}, tone(2500, 8000, 0.1, 0.1));  // rounded: follows without a gap
  meter->add(Seconds{0.05}, tone(2500, 8000, 0.1, 0.1));   // half of it was there already
  meter->add(Seconds{0.2}, tone(2500, 8000, 0.1, 0.1));    // 50 ms are missing before it
  const SoundLevels levels = meter->finish();
  EXPECT_NEAR(levels.from.value(), -0.1, 1e-9);
  ASSERT_NEAR(static_cast<double>(levels.power.size()), 400, 1);
  for (std::size_t i = 0; i < levels.power.size(); ++i)
    EXPECT_EQ(std::isnan(levels.power[i]), i >= 250 && i < 300) << i;
}

TEST(SoundLevelMeter, EndsAtTheLongestSound) {
  auto meter = SoundLevelMeter::start(Hertz{8000});
  ASSERT_TRUE(meter);
  meter->add(Seconds{0}, std::vector<float>(80, 0.1F));
  meter->add(Seconds{1e12}, std::vector<float>(80, 0.1F));  // a time that lies
  EXPECT_TRUE(meter->is_full());
  EXPECT_EQ(meter->finish().power.size(), 10U);
}

TEST(SoundLevelMeter, RefusesRatesThatHoldNoClap) {
  const auto meter = SoundLevelMeter::start(Hertz{4000});
  ASSERT_FALSE(meter);
  EXPECT_EQ(meter.error().code, ErrorCode::unsupported);
}

}  // namespace
}  // namespace reprise::engine
