// SPDX-License-Identifier: Apache-2.0
#include "engine/cameras/sound_lag.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/cameras/drawn_sound.h"

namespace reprise::engine {
namespace {

using testing::HasSubstr;

std::string cause_of(const Result<SoundLag>& lag) {
  return lag ? "" : lag.error().cause;
}

TEST(LagBySound, FindsTheLagToAMillisecondAtEveryRateAndFromOneClap) {
  for (const double rate_hz : {8000.0, 16000.0, 44100.0, 48000.0}) {
    const DrawnSound first{.claps_s = {3.1234}};
    const DrawnSound second{.claps_s = {3.1234}, .begin_s = 1.2345, .rate_hz = rate_hz, .seed = 2};
    const auto lag = lag_by_sound(drawn_levels(first), drawn_levels(second));
    ASSERT_TRUE(lag) << to_string(lag.error());
    EXPECT_NEAR(lag->lag.value(), -1.2345, 0.001) << rate_hz;
    EXPECT_GT(lag->confidence, 0.9);
    EXPECT_EQ(lag->sounds, 1);
    EXPECT_DOUBLE_EQ(lag->uncertainty.value(), 0.001);
  }
}

TEST(LagBySound, OfSeveralSoundsFindsWhereMostFallTogether) {
  const DrawnSound first{.claps_s = {1.0, 1.7, 4.25, 6.0}};
  const DrawnSound second{.claps_s = {1.0, 1.7, 4.25, 6.0}, .begin_s = -0.8, .noise = 0.03, .seed = 2};
  const auto lag = lag_by_sound(drawn_levels(first), drawn_levels(second));
  ASSERT_TRUE(lag) << to_string(lag.error());
  EXPECT_NEAR(lag->lag.value(), 0.8, 0.001);
  EXPECT_EQ(lag->sounds, 4);
  EXPECT_LT(lag->uncertainty.value(), 0.003);
}

TEST(LagBySound, TheWayOfTheSoundIsInTheLag) {
  const DrawnSound near{.claps_s = {2.0}};
  const DrawnSound far{.claps_s = {2.0}, .clap = 0.1, .distance_m = 10, .seed = 2};
  const auto lag = lag_by_sound(drawn_levels(near), drawn_levels(far));
  ASSERT_TRUE(lag) << to_string(lag.error());
  EXPECT_NEAR(lag->lag.value(), 10 / 343.0, 0.001);
}

TEST(LagBySound, RefusesHumSilenceAndNoise) {
  const SoundLevels clap = drawn_levels({.claps_s = {2.0}});
  const SoundLevels hum = drawn_levels({.noise = 0.001, .hum = 0.3, .seed = 2});
  EXPECT_THAT(cause_of(lag_by_sound(clap, hum)), HasSubstr("nothing distinct"));
  const SoundLevels noise = drawn_levels({.noise = 0.1, .seed = 2});
  EXPECT_THAT(cause_of(lag_by_sound(noise, clap)), HasSubstr("nothing distinct"));
  const SoundLevels silence = drawn_levels({.noise = 0, .seed = 2});
  EXPECT_THAT(cause_of(lag_by_sound(clap, silence)), HasSubstr("silent"));
  EXPECT_THAT(cause_of(lag_by_sound({}, clap)), HasSubstr("silent"));
}

TEST(LagBySound, RefusesSoundsThatFitAtSeveralLags) {
  const DrawnSound first{.claps_s = {1, 2, 3, 4, 5, 6, 7}};
  const DrawnSound second{.claps_s = {1, 2, 3, 4, 5, 6, 7}, .begin_s = 2.5, .seed = 2};
  const auto lag = lag_by_sound(drawn_levels(first), drawn_levels(second));
  ASSERT_FALSE(lag);
  EXPECT_EQ(lag.error().code, ErrorCode::nothing_measured);
  EXPECT_THAT(lag.error().cause, HasSubstr("agree at no lag distinctly"));
  EXPECT_THAT(lag.error().remedy, HasSubstr("clap once"));
}

TEST(LagBySound, AGapInTheSoundIsNoClap) {
  auto meter = SoundLevelMeter::start(Hertz{8000});
  ASSERT_TRUE(meter);
  const auto noise = drawn_sound({.seconds = 1, .rate_hz = 8000, .noise = 0.1});
  meter->add(Seconds{0}, noise);
  meter->add(Seconds{3}, noise);
  const auto ok = check_sound(meter->finish());
  ASSERT_FALSE(ok);
  EXPECT_THAT(ok.error().cause, HasSubstr("nothing distinct"));
}

}  // namespace
}  // namespace reprise::engine
