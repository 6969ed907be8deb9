// SPDX-License-Identifier: Apache-2.0
#include "engine/gait/walking_days.h"

#include <gtest/gtest.h>

namespace reprise::engine {
namespace {

constexpr double kHourS = 3600;
constexpr double kDayS = 24 * kHourS;

RecordedBout bout(double start_s, double duration_s, double cadence, double speed) {
  RecordedBout b;
  b.start = Seconds{start_s};
  b.end = Seconds{start_s + duration_s};
  b.walking_time = Seconds{duration_s - 1};
  b.steps = static_cast<std::size_t>(duration_s * cadence / 60);
  b.cadence_per_min = cadence;
  b.speed_mps = speed;
  return b;
}

LongRecording two_days() {
  LongRecording recording;
  recording.measured = {{Seconds{6 * kHourS}, Seconds{2 * kDayS}}};
  recording.wear = {{Seconds{6 * kHourS}, Seconds{18 * kHourS}, WearState::worn},
                    {Seconds{18 * kHourS}, Seconds{20 * kHourS}, WearState::motionless},
                    {Seconds{20 * kHourS}, Seconds{1.5 * kDayS}, WearState::not_worn},
                    {Seconds{1.5 * kDayS}, Seconds{2 * kDayS}, WearState::worn}};
  recording.bouts = {bout(8 * kHourS, 10, 100, 0.8), bout(9 * kHourS, 30, 105, 0.9),
                     bout(10 * kHourS, 60, 110, 1.0), bout(11 * kHourS, 61, 120, 1.2),
                     bout(kDayS - 10, 40, 90, 0.7)};
  return recording;
}

const std::vector<Seconds> kTwoDays = {Seconds{0}, Seconds{kDayS}, Seconds{2 * kDayS}};

TEST(WalkingDays, AddUpWearAndWhatWasMeasured) {
  const auto days = walking_days(two_days(), kTwoDays);
  ASSERT_EQ(days.size(), 2u);
  EXPECT_NEAR(days[0].measured.value(), 18 * kHourS, 1e-6);
  EXPECT_NEAR(days[0].worn.value(), 12 * kHourS, 1e-6);
  EXPECT_NEAR(days[0].motionless.value(), 2 * kHourS, 1e-6);
  EXPECT_NEAR(days[0].not_worn.value(), 4 * kHourS, 1e-6);
  EXPECT_NEAR(days[0].awake_wear.value(), 13 * kHourS, 1e-6) << "from 7 to 20";
  EXPECT_TRUE(days[0].counts);
  EXPECT_NEAR(days[1].awake_wear.value(), 10 * kHourS, 1e-6) << "from noon to 22";
  EXPECT_TRUE(days[1].counts);
  WalkingDaysOptions options;
  options.least_wear = Seconds{10.5 * kHourS};
  EXPECT_FALSE(walking_days(two_days(), kTwoDays, options)[1].counts);
  options.awake = std::nullopt;
  EXPECT_TRUE(walking_days(two_days(), kTwoDays, options)[1].counts) << "12 h at any time";
}

TEST(WalkingDays, ClassBoutsByTheirDurationAndTheDayInWhichTheyBegin) {
  const auto days = walking_days(two_days(), kTwoDays);
  EXPECT_EQ(days[0].bouts, (std::array<std::size_t, 4>{1, 1, 2, 1}));
  EXPECT_EQ(days[1].bouts, (std::array<std::size_t, 4>{}));
  EXPECT_EQ(days[1].steps, 0u);
  EXPECT_FALSE(days[1].cadence_per_min);
}

TEST(WalkingDays, CadenceAndSpeedAreOfLongerBoutsEachOnce) {
  const auto days = walking_days(two_days(), kTwoDays);
  ASSERT_TRUE(days[0].cadence_per_min);
  EXPECT_EQ(days[0].cadence_per_min->bouts, 3u);
  EXPECT_NEAR(days[0].cadence_per_min->mean, (110 + 120 + 90) / 3.0, 1e-9);
  EXPECT_NEAR(days[0].cadence_per_min->median, 110, 1e-9);
  EXPECT_NEAR(days[0].cadence_per_min->percentile_90, 118, 1e-9);
  EXPECT_NEAR(days[0].speed_mps->median, 1.0, 1e-9);
  ASSERT_TRUE(days[0].speed_short_mps);
  EXPECT_NEAR(days[0].speed_short_mps->mean, 0.9, 1e-9) << "not the bout of just 10 s";
}

TEST(WalkingDays, ADayMayHave23Hours) {
  const std::vector<Seconds> starts = {Seconds{0}, Seconds{23 * kHourS}, Seconds{47 * kHourS}};
  const auto days = walking_days(two_days(), starts);
  EXPECT_NEAR(days[0].measured.value(), 17 * kHourS, 1e-6);
  EXPECT_EQ(days[1].bouts[2], 1u) << "the bout before midnight of 24 hours";
}

}  // namespace
}  // namespace reprise::engine
