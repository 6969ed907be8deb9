// SPDX-License-Identifier: Apache-2.0
#include "session/measurements/daily_walking.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "session/measurements/measurement_json.h"

namespace reprise::session {
namespace {

using engine::WearState;

constexpr double kHour = 3600;
constexpr double kDay = 24 * kHour;

engine::RecordedBout bout(double start_s, double duration_s, std::optional<double> speed) {
  engine::RecordedBout b;
  b.start = Seconds{start_s};
  b.end = Seconds{start_s + duration_s};
  b.walking_time = Seconds{duration_s};
  b.steps = static_cast<std::size_t>(2 * duration_s);
  b.cadence_per_min = 120;
  b.speed_mps = speed;
  return b;
}

/// Two days that count, with 300 and 500 steps, and one that is hardly worn, with 100.
engine::LongRecording three_days() {
  engine::LongRecording r;
  r.measured = {{Seconds{0}, Seconds{3 * kDay}}};
  r.wear = {{Seconds{0}, Seconds{40 * kHour}, WearState::worn},
            {Seconds{40 * kHour}, Seconds{42 * kHour}, WearState::motionless},
            {Seconds{42 * kHour}, Seconds{56 * kHour}, WearState::worn},
            {Seconds{56 * kHour}, Seconds{3 * kDay}, WearState::not_worn}};
  r.bouts = {bout(9 * kHour, 100, 1.0), bout(10 * kHour, 50, 1.2), bout(kDay + 9 * kHour, 250, 1.4),
             bout(2 * kDay + 7.5 * kHour, 50, 0.5)};
  return r;
}

const std::vector<CalendarDay> kCalendar = {{"2026-03-14", Seconds{0}, Seconds{kDay}},
                                            {"2026-03-15", Seconds{kDay}, Seconds{2 * kDay}},
                                            {"2026-03-16", Seconds{2 * kDay}, Seconds{3 * kDay}}};

const MeasuredValue& value_of(const MeasurementDocument& d, SignalMeasure measure) {
  const MeasuredValue* value = find_value(d, measure);
  EXPECT_NE(value, nullptr);
  static const MeasuredValue kNone{};
  return value != nullptr ? *value : kNone;
}

TEST(DailyWalking, MeansAreOverTheDaysThatCount) {
  const auto d = measure_daily_walking({}, three_days(), kCalendar);
  ASSERT_TRUE(d) << to_string(d.error());
  EXPECT_EQ(value_of(*d, SignalMeasure::days_counted).value, 2);
  EXPECT_EQ(value_of(*d, SignalMeasure::daily_steps).value, 400);
  EXPECT_EQ(value_of(*d, SignalMeasure::daily_steps).count, 2);
  EXPECT_NEAR(*value_of(*d, SignalMeasure::daily_steps).spread, 141.4, 0.1);
  EXPECT_NEAR(value_of(*d, SignalMeasure::daily_speed).value, (1.1 + 1.4) / 2, 1e-9);
  EXPECT_NEAR(value_of(*d, SignalMeasure::bouts_over_60_s).value, 1, 1e-9);
  EXPECT_NEAR(value_of(*d, SignalMeasure::daily_cadence).value, 2, 1e-9) << "a second, as the engine has it";
}

TEST(DailyWalking, WearIsTheSumOfAllDaysAndSaysWhatIsUnsure) {
  const auto d = measure_daily_walking({}, three_days(), kCalendar);
  ASSERT_TRUE(d);
  EXPECT_NEAR(value_of(*d, SignalMeasure::recorded_time).value, 72 * kHour, 1e-6);
  EXPECT_NEAR(value_of(*d, SignalMeasure::wear_time).value, 56 * kHour, 1e-6);
  EXPECT_NEAR(value_of(*d, SignalMeasure::motionless_time).value, 2 * kHour, 1e-6);
}

TEST(DailyWalking, ListsDaysWearAndBouts) {
  const auto d = measure_daily_walking({}, three_days(), kCalendar);
  ASSERT_TRUE(d);
  ASSERT_EQ(d->tables.size(), 3U);
  EXPECT_EQ(d->tables[0].rows[0].part, "2026-03-14");
  EXPECT_EQ(d->tables[0].rows[0].note, "");
  EXPECT_EQ(d->tables[0].rows[2].note, kLittleWear);
  EXPECT_EQ(d->tables[1].rows.size(), 4U);
  EXPECT_EQ(d->tables[1].rows[3].part, "not_worn");
  EXPECT_EQ(d->tables[2].rows.size(), 4U);
  EXPECT_TRUE(std::any_of(d->warnings.begin(), d->warnings.end(),
                          [](const Warning& w) { return w.code == "few_days"; }));
  const auto text = to_measurement_json(*d);
  ASSERT_TRUE(text) << to_string(text.error());
  const auto read = parse_measurement_json(*text);
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(*to_measurement_json(*read), *text);
}

TEST(DailyWalking, WithoutADayThatCountsThereIsOnlyWear) {
  engine::LongRecording r = three_days();
  r.wear = {{Seconds{0}, Seconds{3 * kDay}, WearState::not_worn}};
  const auto d = measure_daily_walking({}, r, kCalendar);
  ASSERT_TRUE(d);
  EXPECT_EQ(find_value(*d, SignalMeasure::daily_steps), nullptr);
  EXPECT_EQ(value_of(*d, SignalMeasure::wear_time).value, 0);
  EXPECT_EQ(d->warnings[0].code, "no_day_counts");
}

TEST(DailyWalking, WithoutAHeightThereIsNoSpeedAndTheReasonIsSaid) {
  engine::LongRecording r = three_days();
  for (auto& b : r.bouts) b.speed_mps = std::nullopt;
  const auto d = measure_daily_walking({}, r, kCalendar);
  ASSERT_TRUE(d);
  EXPECT_EQ(find_value(*d, SignalMeasure::daily_speed), nullptr);
  EXPECT_NE(d->not_measured.back().find("give the body's height"), std::string::npos);
}

TEST(DailyWalking, OfNothingIsRefused) {
  EXPECT_EQ(measure_daily_walking({}, {}, kCalendar).error().code, ErrorCode::nothing_measured);
  EXPECT_EQ(measure_daily_walking({}, three_days(), {}).error().code, ErrorCode::nothing_measured);
}

}  // namespace
}  // namespace reprise::session
