// SPDX-License-Identifier: Apache-2.0
#include "engine/gait/timed_up_and_go.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

#include "engine/gait/virtual_function_tests.h"

namespace reprise::engine {
namespace {

using virtual_lower_back::Gait;
using virtual_lower_back::Pelvis;
using virtual_lower_back::SensorModel;
using virtual_lower_back::smooth_step;
using virtual_lower_back::TugTruth;

void expect_phases(const TimedUpAndGo& test, const TugTruth& truth, double within_s) {
  const std::pair<double, double> expected[] = {{truth.rise_start, truth.rise_end},
                                                {truth.rise_end, truth.turn_start},
                                                {truth.turn_start, truth.turn_end},
                                                {truth.turn_end, truth.turn_to_sit_start},
                                                {truth.turn_to_sit_start, truth.turn_to_sit_end},
                                                {truth.sit_start, truth.sit_end}};
  ASSERT_EQ(test.phases.size(), 6u);
  for (std::size_t i = 0; i < 6; ++i) {
    EXPECT_EQ(test.phases[i].phase, static_cast<TimedUpAndGoPhase>(i));
    EXPECT_NEAR(test.phases[i].start.value(), expected[i].first, within_s) << to_string(test.phases[i].phase);
    EXPECT_NEAR(test.phases[i].end.value(), expected[i].second, within_s) << to_string(test.phases[i].phase);
  }
  EXPECT_NEAR(test.total().value(), truth.sit_end - truth.rise_start, within_s);
}

TEST(TimedUpAndGo, PhasesOfManySimulatedTestsAreFoundWithinATenthOfASecond) {
  std::mt19937 generator(1);
  const auto between = [&](double least, double most) {
    return least + (most - least) * static_cast<double>(generator()) * 0x1.0p-32;
  };
  for (unsigned i = 0; i < 60; ++i) {
    TugTruth truth;
    truth.rise_end = truth.rise_start + between(1.3, 2.3);
    truth.turn_start = truth.rise_end + between(2, 4);
    truth.turn_end = truth.turn_start + between(1.2, 3.2);
    truth.turn_to_sit_start = truth.turn_end + between(2, 4);
    truth.turn_to_sit_end = truth.turn_to_sit_start + between(1.2, 3);
    truth.sit_start = truth.turn_to_sit_end;
    truth.sit_end = truth.sit_start + between(1.5, 2.5);
    truth.side = i % 2 == 0 ? 1 : -1;
    SensorModel model;
    model.seed = i;
    const auto test =
        measure_timed_up_and_go(virtual_lower_back::measured(truth.trajectory(), truth.sit_end + 2.5, model));
    ASSERT_TRUE(test) << to_string(test.error());
    SCOPED_TRACE(i);
    expect_phases(*test, truth, 0.1);
    EXPECT_NEAR(test->turn.start.value(), truth.turn_start, 0.06);
    EXPECT_NEAR(test->turn.end.value(), truth.turn_end, 0.06);
    EXPECT_NEAR(test->turn_to_sit.start.value(), truth.turn_to_sit_start, 0.06);
    EXPECT_NEAR(test->turn_to_sit.end.value(), truth.turn_to_sit_end, 0.06);
    EXPECT_NEAR(test->phases.front().start.value(), truth.rise_start, 0.02);
    EXPECT_NEAR(test->phases.front().end.value(), truth.rise_end, 0.02);
    EXPECT_NEAR(test->phases.back().start.value(), truth.sit_start, 0.02);
    EXPECT_NEAR(test->phases.back().end.value(), truth.sit_end, 0.02);
  }
}

TEST(TimedUpAndGo, SimulatedPhasesAreFoundWithinATenthOfASecond) {
  for (const unsigned seed : {1u, 2u, 3u}) {
    for (const double side : {1.0, -1.0}) {
      TugTruth truth;
      truth.side = side;
      SensorModel model;
      model.seed = seed;
      const auto test =
          measure_timed_up_and_go(virtual_lower_back::measured(truth.trajectory(), 18.5, model));
      ASSERT_TRUE(test) << to_string(test.error());
      expect_phases(*test, truth, 0.1);
      EXPECT_NEAR(test->turn.angle.value(), side * kPi, 0.15);
      EXPECT_NEAR(test->rise_flexion.value(), 0.26 + 0.6, 0.12);
    }
  }
}

TEST(TimedUpAndGo, HoldsInAnyMountingAndAtLowerRates) {
  Eigen::Matrix3d swapped;
  swapped << 0, 0, 1, -1, 0, 0, 0, -1, 0;
  for (const double rate : {30.0, 50.0, 200.0}) {
    SensorModel model;
    model.rate = Hertz{rate};
    model.mounting = swapped;
    const auto test =
        measure_timed_up_and_go(virtual_lower_back::measured(TugTruth{}.trajectory(), 18.5, model));
    ASSERT_TRUE(test) << to_string(test.error());
    expect_phases(*test, TugTruth{}, 0.1);
  }
}

TEST(TimedUpAndGo, SlowTestIsFoundToo) {
  TugTruth slow;
  slow.rise_end = 5.5;
  slow.turn_start = 11;
  slow.turn_end = 14.5;
  slow.turn_to_sit_start = 20;
  slow.turn_to_sit_end = 23.5;
  slow.sit_start = 23.5;
  slow.sit_end = 26.5;
  const auto test = measure_timed_up_and_go(virtual_lower_back::measured(slow.trajectory(), 29));
  ASSERT_TRUE(test) << to_string(test.error());
  expect_phases(*test, slow, 0.2);
}

TEST(TimedUpAndGo, NeedsAGyroscope) {
  SensorModel model;
  model.gyroscope = false;
  const auto test =
      measure_timed_up_and_go(virtual_lower_back::measured(TugTruth{}.trajectory(), 18.5, model));
  ASSERT_FALSE(test);
  EXPECT_EQ(test.error().code, ErrorCode::unsupported);
}

TEST(TimedUpAndGo, RefusesWhatIsNoTest) {
  const auto walk = virtual_lower_back::measured(straight_walk(Gait{}), 20);
  EXPECT_EQ(measure_timed_up_and_go(walk).error().code, ErrorCode::nothing_measured);
  const auto turning = [](double t) {
    Pelvis pelvis;
    pelvis.heading_rad = kPi * (smooth_step(t, 5, 7) + smooth_step(t, 12, 14));
    return pelvis;
  };
  EXPECT_EQ(measure_timed_up_and_go(virtual_lower_back::measured(turning, 20)).error().code,
            ErrorCode::nothing_measured);
  EXPECT_EQ(measure_timed_up_and_go(InertialSamples{}).error().code, ErrorCode::nothing_measured);
  InertialSamples broken = walk;
  broken.angular_velocity_radps[5].v.x() = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(measure_timed_up_and_go(broken).error().code, ErrorCode::invalid_argument);
  SensorModel slow;
  slow.rate = Hertz{1};
  EXPECT_EQ(measure_timed_up_and_go(virtual_lower_back::measured(turning, 60, slow)).error().code,
            ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace reprise::engine
