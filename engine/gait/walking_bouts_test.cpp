// SPDX-License-Identifier: Apache-2.0
#include "engine/gait/walking_bouts.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

#include "engine/gait/virtual_lower_back.h"
#include "engine/signal/butterworth.h"
#include "engine/signal/test_noise.h"

namespace reprise::engine {
namespace {

using virtual_lower_back::Gait;
using virtual_lower_back::SensorModel;

InertialSamples standing(double seconds, Hertz rate) {
  return virtual_lower_back::measured([](double) { return virtual_lower_back::Pelvis{}; }, seconds,
                                      {.rate = rate});
}

TEST(WalkingBouts, FindAWalkBetweenTwoRests) {
  Gait gait;
  gait.start_s = 5;
  for (const double rate : {25.0, 30.0, 50.0, 100.0, 200.0}) {
    SensorModel model;
    model.rate = Hertz{rate};
    const auto bouts = find_walking_bouts(virtual_lower_back::measured(straight_walk(gait), 25, model));
    ASSERT_TRUE(bouts);
    ASSERT_EQ(bouts->size(), 1u) << rate;
    EXPECT_NEAR(static_cast<double>(bouts->front().samples.begin) / rate, gait.start_s, 0.3);
    EXPECT_NEAR(static_cast<double>(bouts->front().samples.end) / rate, gait.end_s(), 0.3);
    EXPECT_NEAR(static_cast<double>(bouts->front().step_count), 21, 1);
  }
}

TEST(WalkingBouts, APauseOfMoreThanThreeSecondsMakesTwo) {
  Gait first;
  Gait second;
  for (const auto& [pause_s, count] : {std::pair{2.0, 1u}, std::pair{4.5, 2u}}) {
    second.start_s = first.end_s() + pause_s;
    const auto both = [&](double t) {
      virtual_lower_back::Pelvis pelvis;
      first.add_to(pelvis, t);
      second.add_to(pelvis, t);
      return pelvis;
    };
    const auto bouts = find_walking_bouts(virtual_lower_back::measured(both, second.end_s() + 3));
    ASSERT_TRUE(bouts);
    EXPECT_EQ(bouts->size(), count);
  }
}

TEST(WalkingBouts, FourStepsAreNone) {
  Gait gait;
  gait.steps = 3;
  const auto bouts = find_walking_bouts(virtual_lower_back::measured(straight_walk(gait), 10));
  ASSERT_TRUE(bouts);
  EXPECT_TRUE(bouts->empty());
}

TEST(WalkingBouts, FiveStepsAreOneAndFiveUnlikeMovementsAreNone) {
  Gait gait;
  gait.steps = 5;
  const auto walk = find_walking_bouts(virtual_lower_back::measured(straight_walk(gait), 10));
  ASSERT_TRUE(walk);
  EXPECT_EQ(walk->size(), 1u);

  // Jolts (Ricker wavelets), each in another direction.
  const auto jolt = [](double t) {
    const double square = kPi * kPi * 1.7 * 1.7 * t * t;
    return (1 - 2 * square) * std::exp(-square);
  };
  InertialSamples samples;
  for (int i = 0; i < 1000; ++i) {
    Eigen::Vector3d sum{0, kGravityMps2, 0};
    int k = 0;
    for (const double at : {4.0, 4.76, 5.44, 5.96, 6.52}) {
      const double angle = 2.4 * k++;
      sum += jolt(i / 100.0 - at) * Eigen::Vector3d{3 * std::cos(angle), 2 + 0.3 * k, 3 * std::sin(angle)};
    }
    samples.acceleration_mps2.emplace_back(sum.x(), sum.y(), sum.z());
  }
  const auto unlike = find_walking_bouts(samples);
  ASSERT_TRUE(unlike);
  EXPECT_TRUE(unlike->empty());
  WalkingBoutOptions any;
  any.few_steps = 5;
  const auto taken = find_walking_bouts(samples, any);
  ASSERT_TRUE(taken);
  EXPECT_EQ(taken->size(), 1u);
}

TEST(WalkingBouts, StandingStillIsNone) {
  const auto bouts = find_walking_bouts(standing(60, Hertz{100}));
  ASSERT_TRUE(bouts);
  EXPECT_TRUE(bouts->empty());
}

TEST(WalkingBouts, ShakingAtRandomIsNone) {
  for (unsigned seed = 1; seed <= 5; ++seed) {
    std::mt19937 random(seed);
    test::NormalNoise noise(0, 6);
    std::vector<double> axes[3];
    ButterworthOptions hand;
    hand.cutoff = Hertz{8};
    for (auto& axis : axes) {
      for (int i = 0; i < 3000; ++i) axis.push_back(noise(random));
      axis = *butterworth_zero_phase(axis, Hertz{100}, hand);
    }
    InertialSamples samples;
    for (std::size_t i = 0; i < 3000; ++i) {
      samples.acceleration_mps2.emplace_back(axes[0][i], kGravityMps2 + axes[1][i], axes[2][i]);
    }
    const auto bouts = find_walking_bouts(samples);
    ASSERT_TRUE(bouts);
    EXPECT_TRUE(bouts->empty()) << "seed " << seed << ", " << bouts->size() << " bouts";
  }
}

TEST(WalkingBouts, ShakingFastIsNone) {
  InertialSamples samples;
  for (int i = 0; i < 3000; ++i) {
    const double t = i / 100.0;
    samples.acceleration_mps2.emplace_back(
        0, kGravityMps2 + 8 * std::sin(2 * kPi * 5 * t) + 0.5 * std::sin(2 * kPi * 1.7 * t), 0);
  }
  const auto bouts = find_walking_bouts(samples);
  ASSERT_TRUE(bouts);
  EXPECT_TRUE(bouts->empty());
}

TEST(WalkingBouts, APhoneThatSwingsWithAPedallingThighIsNone) {
  const auto thigh = [](double t) {
    virtual_lower_back::Pelvis pelvis;
    const double angle = 2 * kPi * 1.2 * t;
    pelvis.flexion_rad = 0.9 + 0.45 * std::sin(angle);
    pelvis.position_m = Eigen::Vector3d(0.03 * std::cos(angle), 0.03 * std::sin(angle), 0);
    return pelvis;
  };
  const auto bouts = find_walking_bouts(virtual_lower_back::measured(thigh, 30));
  ASSERT_TRUE(bouts);
  EXPECT_TRUE(bouts->empty());
}

TEST(WalkingBouts, SittingDownAndRisingAreNone) {
  for (const double cycle_s : {3.0, 5.0, 8.0}) {
    const auto chair = [cycle_s](double t) {
      virtual_lower_back::Pelvis pelvis;
      for (int i = 0; i < 6; ++i) {
        const double at = 2 + cycle_s * i;
        const double down = virtual_lower_back::smooth_step(t, at, at + 0.3 * cycle_s) -
                            virtual_lower_back::smooth_step(t, at + 0.5 * cycle_s, at + 0.8 * cycle_s);
        pelvis.position_m.y() -= 0.45 * down;
        pelvis.flexion_rad += 0.5 * 4 * down * (1 - down);
      }
      return pelvis;
    };
    const auto bouts = find_walking_bouts(virtual_lower_back::measured(chair, 4 + 6 * cycle_s));
    ASSERT_TRUE(bouts);
    EXPECT_TRUE(bouts->empty()) << cycle_s;
  }
}

TEST(WalkingBouts, RefuseWhatCannotBeUsed) {
  InertialSamples samples = standing(10, Hertz{100});
  samples.acceleration_mps2[300].v.x() = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(find_walking_bouts(samples).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(find_walking_bouts(InertialSamples{}).error().code, ErrorCode::nothing_measured);
  EXPECT_EQ(find_walking_bouts(standing(1, Hertz{100})).error().code, ErrorCode::nothing_measured);
  EXPECT_EQ(find_walking_bouts(standing(100, Hertz{1})).error().code, ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace reprise::engine
