// SPDX-License-Identifier: Apache-2.0
#include "engine/gait/foot_sampling_rate.h"

#include <gtest/gtest.h>

#include "engine/gait/simulated_walk.h"

namespace reprise::engine {
namespace {

TEST(GuessSamplingRate, FindsTheRateOfASimulatedWalk) {
  for (const double rate_hz : {100.0, 200.0}) {
    test::SimulatedWalk walk;
    walk.strides = 12;
    const InertialSamples samples =
        walk.record({.acceleration_noise_mps2 = 0.05, .angular_velocity_noise_radps = 0.005}, Hertz{rate_hz});
    const auto guess = guess_sampling_rate(samples.acceleration_mps2, samples.angular_velocity_radps);
    ASSERT_TRUE(guess) << to_string(guess.error());
    EXPECT_NEAR(guess->estimate.value(), rate_hz, 0.03 * rate_hz);
    EXPECT_NEAR(guess->usual.value(), rate_hz, 0.025 * rate_hz);
  }
}

TEST(GuessSamplingRate, AStandingFootTellsNothing) {
  test::SimulatedWalk walk;
  walk.strides = 0;
  walk.rest_s = 10;
  const InertialSamples samples =
      walk.record({.acceleration_noise_mps2 = 0.05, .angular_velocity_noise_radps = 0.005});
  const auto guess = guess_sampling_rate(samples.acceleration_mps2, samples.angular_velocity_radps);
  ASSERT_FALSE(guess);
  EXPECT_EQ(guess.error().code, ErrorCode::nothing_measured);
}

TEST(GuessSamplingRate, RefusesWhatDoesNotFit) {
  const std::vector<Vec3<Sensor>> some(500);
  EXPECT_FALSE(guess_sampling_rate(some, std::span(some).first(400)));
  EXPECT_FALSE(guess_sampling_rate({}, {}));
  std::vector<Vec3<Sensor>> broken(some);
  broken[7].v.x() = std::nan("");
  const auto guess = guess_sampling_rate(some, broken);
  ASSERT_FALSE(guess);
  EXPECT_EQ(guess.error().code, ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace reprise::engine
