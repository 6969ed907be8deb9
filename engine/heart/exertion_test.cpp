// SPDX-License-Identifier: Apache-2.0
#include "engine/heart/exertion.h"

#include <gtest/gtest.h>

#include <cmath>

namespace reprise::engine {
namespace {

/// One sample a second: 150 until 300 s, then an exponential fall to 90 with a time constant of 60 s.
std::vector<HeartRateSample> effort_and_rest() {
  std::vector<HeartRateSample> samples;
  for (int t = 0; t <= 480; ++t) {
    const double fall = t <= 300 ? 1 : std::exp(-(t - 300) / 60.0);
    samples.push_back({Seconds{static_cast<double>(t)}, 90 + 60 * fall});
  }
  return samples;
}

TEST(HeartRateRecovery, IsTheFallAfterOneAndTwoMinutes) {
  const auto recovery = heart_rate_recovery(effort_and_rest(), Seconds{300});
  ASSERT_TRUE(recovery);
  EXPECT_NEAR(recovery->end_bpm, 150, 1e-9);
  EXPECT_NEAR(*recovery->drop_60_s_bpm, 60 * (1 - std::exp(-1)), 0.1);
  EXPECT_NEAR(*recovery->drop_120_s_bpm, 60 * (1 - std::exp(-2)), 0.1);
}

TEST(HeartRateRecovery, IsEmptyWhereTheSensorWasTakenOff) {
  auto samples = effort_and_rest();
  samples.resize(380);
  const auto recovery = heart_rate_recovery(samples, Seconds{300});
  EXPECT_TRUE(recovery->drop_60_s_bpm);
  EXPECT_FALSE(recovery->drop_120_s_bpm);
}

TEST(HeartRateRecovery, RefusesWhatItCannotUse) {
  EXPECT_EQ(heart_rate_recovery({}, Seconds{300}).error().code, ErrorCode::nothing_measured);
  EXPECT_EQ(heart_rate_recovery(effort_and_rest(), Seconds{600}).error().code, ErrorCode::nothing_measured);
  auto samples = effort_and_rest();
  samples[3].rate_bpm = 0;
  EXPECT_EQ(heart_rate_recovery(samples, Seconds{300}).error().code, ErrorCode::invalid_argument);
  samples = effort_and_rest();
  samples[3].time = samples[2].time;
  EXPECT_EQ(heart_rate_recovery(samples, Seconds{300}).error().code, ErrorCode::invalid_argument);
}

ZoneOptions healthy() {
  ZoneOptions options;
  options.resting_bpm = 60;
  options.maximal_bpm = 160;
  options.response = RateResponse::normal;
  return options;
}

TEST(TimeInZones, AddsUpByHeartRateReserve) {
  // Shares of the reserve: 0.2, 0.3, 0.5, 0.7, 0.95, one second each; the last sample has no duration.
  std::vector<HeartRateSample> samples;
  for (const double rate : {80.0, 90.0, 110.0, 130.0, 155.0, 60.0}) {
    samples.push_back({Seconds{static_cast<double>(samples.size())}, rate});
  }
  const auto times = time_in_zones(samples, healthy());
  ASSERT_TRUE(times);
  for (const Seconds time : times->in_zone) EXPECT_NEAR(time.value(), 1, 1e-12);
  EXPECT_NEAR(times->unmeasured.value(), 0, 1e-12);
}

TEST(TimeInZones, CountsNoTimeWithoutSamples) {
  const std::vector<HeartRateSample> samples{{Seconds{0}, 100}, {Seconds{60}, 100}};
  const auto times = time_in_zones(samples, healthy());
  EXPECT_NEAR(times->in_zone[2].value(), 5, 1e-12);
  EXPECT_NEAR(times->unmeasured.value(), 55, 1e-12);
}

TEST(TimeInZones, AreNotMeasuredWhereTheRateDoesNotShowEffort) {
  const auto samples = effort_and_rest();
  for (const auto response : {RateResponse::unknown, RateResponse::beta_blocker, RateResponse::pacemaker,
                              RateResponse::atrial_fibrillation}) {
    auto options = healthy();
    options.response = response;
    const auto times = time_in_zones(samples, options);
    ASSERT_FALSE(times);
    EXPECT_EQ(times.error().code, ErrorCode::nothing_measured);
  }
}

TEST(TimeInZones, RefuseWhatTheyCannotUse) {
  auto options = healthy();
  options.maximal_bpm = 60;
  EXPECT_EQ(time_in_zones(effort_and_rest(), options).error().code, ErrorCode::invalid_argument);
  options = healthy();
  options.limits = {0.5, 0.4, 0.6, 0.9};
  EXPECT_EQ(time_in_zones(effort_and_rest(), options).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(time_in_zones({}, healthy()).error().code, ErrorCode::nothing_measured);
}

TEST(CompareEffort, SaysHowFarTheRatingIsFromThePlan) {
  const auto above = compare_effort(EffortScale::borg_6_to_20, 15, 11, 13);
  EXPECT_EQ(above->level, EffortLevel::above_plan);
  EXPECT_DOUBLE_EQ(above->difference, 2);
  const auto below = compare_effort(EffortScale::borg_cr10, 1, 2, 4);
  EXPECT_EQ(below->level, EffortLevel::below_plan);
  EXPECT_DOUBLE_EQ(below->difference, -1);
  EXPECT_EQ(compare_effort(EffortScale::borg_cr10, 4, 2, 4)->level, EffortLevel::as_planned);
}

TEST(CompareEffort, RefusesRatingsOffTheScale) {
  EXPECT_FALSE(compare_effort(EffortScale::borg_6_to_20, 5, 11, 13));
  EXPECT_FALSE(compare_effort(EffortScale::borg_cr10, 11, 2, 4));
  EXPECT_FALSE(compare_effort(EffortScale::borg_cr10, 3, 4, 2));
}

TEST(HeartRateOf, LeavesCorrectedIntervalsOut) {
  const std::vector<NnInterval> nn{{Seconds{1}, Seconds{0.5}, false, true},
                                   {Seconds{2}, Seconds{1}, true, false}};
  const auto samples = heart_rate_of(nn);
  ASSERT_EQ(samples.size(), 1u);
  EXPECT_DOUBLE_EQ(samples[0].rate_bpm, 120);
}

}  // namespace
}  // namespace reprise::engine
