// SPDX-License-Identifier: Apache-2.0
#include "engine/signal/level_frame.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace reprise::engine {
namespace {

/// A sensor that pitches about its z axis as 0.5 sin(2 pi 0.5 t), at rest otherwise.
InertialSamples pitching(Hertz rate, bool with_gyroscope) {
  InertialSamples samples;
  samples.rate = rate;
  for (int i = 0; i < static_cast<int>(10 * rate.value()); ++i) {
    const double t = i / rate.value();
    const double angle = 0.5 * std::sin(kPi * t);
    samples.acceleration_mps2.emplace_back(kGravityMps2 * std::sin(angle), kGravityMps2 * std::cos(angle), 0);
    if (with_gyroscope) samples.angular_velocity_radps.emplace_back(0, 0, 0.5 * kPi * std::cos(kPi * t));
  }
  return samples;
}

TEST(LevelFrame, FollowsATiltWithAndWithoutAGyroscope) {
  for (const bool with_gyroscope : {true, false}) {
    const InertialSamples samples = pitching(Hertz{100}, with_gyroscope);
    const auto up = gravity_directions(samples);
    ASSERT_TRUE(up);
    for (std::size_t i = 200; i < 800; ++i) {
      const double angle = 0.5 * std::sin(kPi * static_cast<double>(i) / 100);
      EXPECT_NEAR(std::atan2((*up)[i].v.x(), (*up)[i].v.y()), angle, with_gyroscope ? 0.01 : 0.03);
    }
  }
}

TEST(LevelFrame, TheGyroscopeKeepsUpThroughAHorizontalPush) {
  InertialSamples samples;
  for (int i = 0; i < 1000; ++i) {
    const double t = i / 100.0;
    const double push = t > 4 && t < 5 ? 3 * std::sin(2 * kPi * (t - 4)) : 0;
    samples.acceleration_mps2.emplace_back(push, kGravityMps2, 0);
    samples.angular_velocity_radps.emplace_back(0, 0, 0);
  }
  const auto up = gravity_directions(samples);
  ASSERT_TRUE(up);
  for (const auto& direction : *up) EXPECT_LT(std::abs(direction.v.x()), 0.06);
  const auto vertical = vertical_acceleration(samples.acceleration_mps2, *up);
  for (const double a : vertical) EXPECT_NEAR(a, 0, 0.2);
}

TEST(LevelFrame, YawIsPositiveToTheLeft) {
  const std::vector<Vec3<Sensor>> up{Vec3<Sensor>{0, 0, -1}};
  const std::vector<Vec3<Sensor>> omega{Vec3<Sensor>{0.3, 0.2, -0.7}};
  EXPECT_DOUBLE_EQ(yaw_rate(omega, up).front(), 0.7);
}

TEST(LevelFrame, NoticesASaturatedAxis) {
  InertialSamples samples;
  for (int i = 0; i < 1000; ++i) {
    const double a = 30 * std::sin(2 * kPi * i / 100.0);
    samples.acceleration_mps2.emplace_back(std::clamp(a, -19.6, 19.6), kGravityMps2, 0);
  }
  // Beyond +-19.6 of 30 for 54.7 % of the time; the first two of each run do not count.
  EXPECT_NEAR(saturated_share(samples), 0.547 - 0.04, 0.02);
  EXPECT_EQ(saturated_share(pitching(Hertz{100}, false)), 0);
}

TEST(LevelFrame, RefusesWhatCannotBeUsed) {
  InertialSamples samples = pitching(Hertz{50}, true);
  EXPECT_EQ(detail::check_inertial(samples, Hertz{60}, 1, "test").error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(gravity_directions(InertialSamples{}).error().code, ErrorCode::nothing_measured);
  samples.angular_velocity_radps.pop_back();
  EXPECT_EQ(gravity_directions(samples).error().code, ErrorCode::invalid_argument);
  samples = pitching(Hertz{50}, true);
  samples.acceleration_mps2[7].v.y() = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(gravity_directions(samples).error().code, ErrorCode::invalid_argument);
  samples = pitching(Hertz{50}, false);
  for (auto& a : samples.acceleration_mps2) a = Vec3<Sensor>{};
  EXPECT_EQ(gravity_directions(samples).error().code, ErrorCode::nothing_measured);
}

}  // namespace
}  // namespace reprise::engine
