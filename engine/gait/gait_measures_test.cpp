// SPDX-License-Identifier: Apache-2.0
#include "engine/gait/gait_measures.h"

#include <gtest/gtest.h>

namespace reprise::engine {
namespace {

/// Strides of 1 s: lift at `lift_s` + i, contact 0.4 s later.
std::vector<FootStride> regular_strides(double lift_s, double length_m, int count) {
  std::vector<FootStride> strides;
  for (int i = 0; i < count; ++i) {
    FootStride s;
    s.events.terminal_contact = Seconds{lift_s + i};
    s.events.initial_contact = Seconds{lift_s + i + 0.4};
    s.events.starts = i == 0;
    s.events.stops = i == count - 1;
    s.swing_time_s = 0.4;
    s.stride_length_m = length_m;
    if (i > 0) {
      s.events.previous_initial_contact = strides.back().events.initial_contact;
      s.stride_time_s = 1.0;
      s.stance_time_s = 0.6;
      s.speed_mps = length_m;
    }
    strides.push_back(s);
  }
  return strides;
}

TEST(StrideStatistics, AreThoseOfTheSample) {
  const std::vector<double> values{1, 2, 3, 4};
  const auto statistics = stride_statistics(values);
  ASSERT_TRUE(statistics);
  EXPECT_DOUBLE_EQ(statistics->mean, 2.5);
  EXPECT_NEAR(*statistics->sd, 1.2909944487, 1e-9);
  EXPECT_NEAR(*statistics->cv, 0.5163977795, 1e-9);
  EXPECT_FALSE(stride_statistics({}));
  EXPECT_FALSE(stride_statistics(std::vector<double>{1})->sd);
}

TEST(FootAverages, LeaveOutStartStopTurnAndDoubt) {
  auto strides = regular_strides(0, 1.2, 8);
  strides[2].turns = true;
  strides[2].stride_length_m = 0.4;
  strides[3].doubtful = true;
  strides[3].stride_length_m = 9;
  const auto averages = average_strides(strides);
  EXPECT_EQ(averages.stride_count, 8u);
  EXPECT_EQ(averages.steady_stride_count, 4u);
  EXPECT_NEAR(averages.stride_length_m->mean, 1.2, 1e-12);
  EXPECT_NEAR(averages.cadence_per_min->mean, 120, 1e-9);
  EXPECT_NEAR(averages.stance_share->mean, 0.6, 1e-12);
  EXPECT_NEAR(averages.swing_share->mean, 0.4, 1e-12);
  EXPECT_FALSE(averages.toe_clearance_m);
}

TEST(FootAverages, AreEmptyWithoutSteadyStrides) {
  const auto averages = average_strides(regular_strides(0, 1.2, 2));
  EXPECT_EQ(averages.steady_stride_count, 0u);
  EXPECT_FALSE(averages.stride_length_m);
  EXPECT_FALSE(averages.speed_mps);
}

TEST(TwoFeetAverages, GiveDoubleSupportAndStepTimes) {
  // Each foot is 0.6 s on the ground, the right one half a second after the left: twice 0.1 s together.
  const auto left = regular_strides(0, 1.2, 9);
  const auto right = regular_strides(0.5, 1.2, 9);
  const auto both = average_two_feet(left, right);
  ASSERT_TRUE(both.double_support_s);
  EXPECT_NEAR(both.double_support_s->mean, 0.2, 1e-9);
  EXPECT_NEAR(both.double_support_share->mean, 0.2, 1e-9);
  EXPECT_NEAR(both.left_step_time_s->mean, 0.5, 1e-9);
  EXPECT_NEAR(*both.step_time_asymmetry, 0, 1e-9);
  EXPECT_NEAR(*both.stride_length_asymmetry, 0, 1e-9);
}

TEST(TwoFeetAverages, GiveTheSignOfAnAsymmetry) {
  const auto left = regular_strides(0, 1.26, 9);
  const auto right = regular_strides(0.45, 1.14, 9);
  const auto both = average_two_feet(left, right);
  EXPECT_NEAR(*both.stride_length_asymmetry, 0.1, 1e-9);
  EXPECT_NEAR(both.left_step_time_s->mean, 0.55, 1e-9);
  EXPECT_NEAR(both.right_step_time_s->mean, 0.45, 1e-9);
  EXPECT_NEAR(*both.step_time_asymmetry, 0.2, 1e-9);
}

TEST(TwoFeetAverages, AreEmptyForOneFoot) {
  const auto both = average_two_feet(regular_strides(0, 1.2, 5), {});
  EXPECT_FALSE(both.double_support_s);
  EXPECT_FALSE(both.stride_length_asymmetry);
}

}  // namespace
}  // namespace reprise::engine
