// SPDX-License-Identifier: Apache-2.0
#include "engine/gait/walking_tests.h"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/gait/virtual_function_tests.h"

namespace reprise::engine {
namespace {

using virtual_lower_back::back_and_forth;
using virtual_lower_back::Gait;
using virtual_lower_back::Pelvis;
using virtual_lower_back::SensorModel;

TEST(CourseWalk, SpeedIsTheCourseByTheTimeBetweenFirstAndLastContact) {
  Gait gait;
  gait.steps = 18;  // 10 s
  const auto walk = course_walk(virtual_lower_back::measured(straight_walk(gait), 16), Meters{10});
  ASSERT_TRUE(walk);
  EXPECT_NEAR(walk->time().value(), 10, 0.6);
  EXPECT_NEAR(walk->speed_mps, 1, 0.06);
  EXPECT_NEAR(static_cast<double>(walk->steps), 18, 1);
}

TEST(CourseWalk, RefusesACourseWithoutLengthAndARecordingWithoutWalking) {
  const auto samples = virtual_lower_back::measured(straight_walk(Gait{}), 16);
  EXPECT_EQ(course_walk(samples, Meters{0}).error().code, ErrorCode::invalid_argument);
  const auto still = virtual_lower_back::measured([](double) { return Pelvis{}; }, 16);
  EXPECT_EQ(course_walk(still, Meters{10}).error().code, ErrorCode::nothing_measured);
}

TEST(SixMinuteWalk, DistanceIsLengthsOfTheCourse) {
  SixMinuteWalkOptions options;
  options.gait.lengths.body_height = Meters{1.7};
  const auto test = six_minute_walk(virtual_lower_back::measured(back_and_forth(370, false), 375), options);
  ASSERT_TRUE(test);
  // Turns at 20, 40, ... 360 s after the start at 2 s: the last is just at the end.
  EXPECT_NEAR(static_cast<double>(test->turns), 17.5, 0.6);
  EXPECT_NEAR(test->distance_m, 30 * 360 / 20.0, 12);
  EXPECT_NEAR(static_cast<double>(test->steps), 360 * 1.8, 4);
  ASSERT_EQ(test->steps_in_minute.size(), 6u);
  for (const double steps : test->steps_in_minute) EXPECT_NEAR(steps, 108, 3);
  EXPECT_TRUE(test->rests.empty());
  EXPECT_TRUE(test->model_distance_m);
}

TEST(SixMinuteWalk, SeesARest) {
  SixMinuteWalkOptions options;
  options.duration = Seconds{120};
  const auto test = six_minute_walk(virtual_lower_back::measured(back_and_forth(130, true), 135), options);
  ASSERT_TRUE(test);
  ASSERT_EQ(test->rests.size(), 1u);
  EXPECT_NEAR(static_cast<double>(test->rests[0].end - test->rests[0].begin) / 100, 10, 1.5);
  EXPECT_NEAR(test->walking_time.value(), 110, 3);
}

TEST(SixMinuteWalk, NeedsTurnsAndAGyroscope) {
  Gait gait;
  gait.steps = 40;
  EXPECT_EQ(six_minute_walk(virtual_lower_back::measured(straight_walk(gait), 30)).error().code,
            ErrorCode::nothing_measured);
  SensorModel model;
  model.gyroscope = false;
  EXPECT_EQ(six_minute_walk(virtual_lower_back::measured(straight_walk(gait), 30, model)).error().code,
            ErrorCode::unsupported);
  SixMinuteWalkOptions options;
  options.course = Meters{0.3};
  EXPECT_EQ(six_minute_walk(InertialSamples{}, options).error().code, ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace reprise::engine
