// SPDX-License-Identifier: Apache-2.0
#include "engine/gait/sit_to_stand.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "engine/gait/virtual_function_tests.h"

namespace reprise::engine {
namespace {

using virtual_lower_back::chair;
using virtual_lower_back::SensorModel;

TEST(SitToStand, FindsEachRiseWithAndWithoutAGyroscope) {
  for (const bool gyroscope : {true, false}) {
    SensorModel model;
    model.gyroscope = gyroscope;
    const auto transitions =
        find_postural_transitions(virtual_lower_back::measured(chair(3, 4, 8), 30, model));
    ASSERT_TRUE(transitions);
    ASSERT_EQ(transitions->size(), 6u);
    for (std::size_t i = 0; i < 3; ++i) {
      const auto& rise = (*transitions)[2 * i];
      const double at = 4 + 8.0 * static_cast<double>(i);
      EXPECT_EQ(rise.kind, TransitionKind::sit_to_stand);
      EXPECT_EQ((*transitions)[2 * i + 1].kind, TransitionKind::stand_to_sit);
      EXPECT_NEAR(rise.start.value(), at, 0.25);
      EXPECT_NEAR(rise.end.value(), at + 1.4, 0.25);
      EXPECT_NEAR(rise.displacement_m, 0.45, gyroscope ? 0.05 : 0.12);
      EXPECT_TRUE(rise.certain);
    }
  }
}

TEST(SitToStand, MeasuresTheFiveTimesTest) {
  const auto transitions = find_postural_transitions(virtual_lower_back::measured(chair(5, 3, 4), 28));
  ASSERT_TRUE(transitions);
  const auto test = five_times_sit_to_stand(*transitions);
  ASSERT_TRUE(test);
  EXPECT_NEAR(test->time_to_fifth_stand.value(), 4 * 4 + 1.4, 0.3);
  ASSERT_TRUE(test->time_to_last_sit);
  EXPECT_NEAR(test->time_to_last_sit->value(), 4 * 4 + 3.4, 0.3);
  EXPECT_NEAR(test->rise.mean.value(), 1.2, 0.25);
  EXPECT_LT(test->rise.sd.value(), 0.1);
  EXPECT_TRUE(test->certain);
}

PosturalTransition rise_at(double start_s) {
  PosturalTransition rise;
  rise.start = Seconds{start_s};
  rise.peak = Seconds{start_s + 0.5};
  rise.end = Seconds{start_s + 1};
  rise.certain = true;
  return rise;
}

TEST(SitToStand, ThirtySecondsCountARiseThatIsMoreThanHalfway) {
  std::vector<PosturalTransition> rises;
  for (const double at : {5.0, 9.0, 13.0, 34.4, 36.0}) rises.push_back(rise_at(at));
  EXPECT_EQ(thirty_second_chair_stand(rises)->stands, 4);  // until 35: the fourth is halfway at 34.9
  EXPECT_EQ(thirty_second_chair_stand(rises, Seconds{4.5})->stands, 3);  // until 34.5
  EXPECT_NEAR(thirty_second_chair_stand(rises)->rise->mean.value(), 1, 1e-9);
}

TEST(SitToStand, FiveInARowDoNotSpanALongBreak) {
  std::vector<PosturalTransition> rises;
  for (const double at : {0.0, 30.0, 33.0, 36.0, 39.0}) rises.push_back(rise_at(at));
  EXPECT_EQ(five_times_sit_to_stand(rises).error().code, ErrorCode::nothing_measured);
  rises.push_back(rise_at(42));
  EXPECT_NEAR(five_times_sit_to_stand(rises)->time_to_fifth_stand.value(), 13, 1e-9);
}

TEST(SitToStand, WalkingAndStandingAreNone) {
  const auto walk = straight_walk(virtual_lower_back::Gait{});
  EXPECT_TRUE(find_postural_transitions(virtual_lower_back::measured(walk, 20))->empty());
  const auto still = [](double) { return virtual_lower_back::Pelvis{}; };
  EXPECT_TRUE(find_postural_transitions(virtual_lower_back::measured(still, 20))->empty());
}

TEST(SitToStand, RefusesWhatCannotBeUsed) {
  InertialSamples samples = virtual_lower_back::measured(chair(1, 2, 4), 8);
  samples.acceleration_mps2[10].v.z() = std::numeric_limits<double>::infinity();
  EXPECT_EQ(find_postural_transitions(samples).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(find_postural_transitions(InertialSamples{}).error().code, ErrorCode::nothing_measured);
  SensorModel slow;
  slow.rate = Hertz{1};
  EXPECT_EQ(find_postural_transitions(virtual_lower_back::measured(chair(1, 2, 4), 60, slow)).error().code,
            ErrorCode::invalid_argument);
  EXPECT_EQ(five_times_sit_to_stand({}).error().code, ErrorCode::nothing_measured);
  EXPECT_EQ(thirty_second_chair_stand({}).error().code, ErrorCode::nothing_measured);
}

}  // namespace
}  // namespace reprise::engine
