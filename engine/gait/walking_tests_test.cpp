// SPDX-License-Identifier: Apache-2.0
#include "engine/gait/walking_tests.h"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/gait/virtual_lower_back.h"

namespace reprise::engine {
namespace {

using virtual_lower_back::Gait;
using virtual_lower_back::Pelvis;
using virtual_lower_back::SensorModel;
using virtual_lower_back::smooth_step;

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

/// Walks from 2 s on, turns every 20 s, and rests from 60 to 70 s after the start if asked to.
virtual_lower_back::Trajectory back_and_forth(double duration_s, bool rests) {
  return [=](double t) {
    Pelvis pelvis;
    for (int i = 1; 20 * i < duration_s; ++i) {
      pelvis.heading_rad += (i % 2 == 0 ? -1 : 1) * kPi * smooth_step(t, 20 * i + 1, 20 * i + 3);
    }
    Gait gait;
    gait.steps = duration_s * gait.steps_per_s;
    Pelvis moving = pelvis;
    gait.add_to(moving, t);
    if (!rests) return moving;
    const double still = smooth_step(t, 66, 66.5) - smooth_step(t, 75.5, 76);
    moving.position_m = (1 - still) * moving.position_m;
    moving.heading_rad = (1 - still) * moving.heading_rad + still * pelvis.heading_rad;
    return moving;
  };
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
