// SPDX-License-Identifier: Apache-2.0
#include "engine/gait/timed_up_and_go.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "engine/gait/virtual_lower_back.h"

namespace reprise::engine {
namespace {

using virtual_lower_back::Gait;
using virtual_lower_back::Pelvis;
using virtual_lower_back::SensorModel;
using virtual_lower_back::smooth_step;

/// A simulated test: when each phase starts and ends.
struct TugTruth {
  double rise_start = 2.5, rise_end = 4.3;
  double turn_start = 7.2, turn_end = 9.4;
  double turn_to_sit_start = 12.2, turn_to_sit_end = 14.0;
  double sit_start = 14.0, sit_end = 16.0;
  double side = 1;  ///< 1: turns to the left

  [[nodiscard]] virtual_lower_back::Trajectory trajectory() const {
    const TugTruth truth = *this;
    return [truth](double t) { return truth.at(t); };
  }

 private:
  /// From 0 over `flexion` to 0 while bending and straightening; the most is at 45 % of the time.
  static double bent(double t, double start, double end) {
    const double middle = start + 0.45 * (end - start);
    return smooth_step(t, start, middle) - smooth_step(t, middle, end);
  }

  [[nodiscard]] Pelvis at(double t) const {
    Pelvis pelvis;
    const double standing =
        smooth_step(t, rise_start + 0.5, rise_end) - smooth_step(t, sit_start, sit_end - 0.2);
    pelvis.position_m.y() = 0.45 * standing;
    pelvis.heading_rad =
        side * kPi *
        (smooth_step(t, turn_start, turn_end) + smooth_step(t, turn_to_sit_start, turn_to_sit_end));
    // Sitting, the pelvis is tilted back by 15 degrees.
    const double half_rise = rise_start + 0.45 * (rise_end - rise_start);
    const double half_sit = sit_start + 0.45 * (sit_end - sit_start);
    const double sitting = 1 - smooth_step(t, rise_start, half_rise) + smooth_step(t, half_sit, sit_end);
    pelvis.flexion_rad =
        -0.26 * sitting + 0.6 * (bent(t, rise_start, rise_end) + bent(t, sit_start, sit_end));
    pelvis.position_m.x() = 0.25 * smooth_step(t, rise_start + 0.3, rise_end) +
                            3 * (smooth_step(t, rise_end - 0.3, turn_start + 0.8) -
                                 smooth_step(t, turn_end - 0.8, turn_to_sit_start + 0.8)) -
                            0.25 * smooth_step(t, sit_start, sit_end);
    Gait gait;
    gait.start_s = rise_end;
    gait.steps = (sit_start - rise_end) * gait.steps_per_s;
    gait.add_to(pelvis, t);
    return pelvis;
  }
};

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
