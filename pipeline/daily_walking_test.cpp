// SPDX-License-Identifier: Apache-2.0
#include "pipeline/daily_walking.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "base/time.h"
#include "engine/gait/simulated_days.h"
#include "tests/support/test_files.h"

namespace reprise::pipeline {
namespace {

using engine::simulated_days::DayDrawing;
using engine::simulated_days::Doing;
using engine::simulated_days::Episode;
using session::SignalMeasure;

constexpr double kRateHz = 25;
constexpr double kHour = 3600;

template <class... Values>
std::string written(const char* format, Values... values) {
  char text[120];
  std::snprintf(text, sizeof text, format, values...);
  return text;
}

/// SIMULATED: ten walks of a minute and 108 steps in so many hours.
std::vector<Episode> ten_walks(double hours) {
  std::vector<Episode> episodes;
  for (int i = 0; i < 10; ++i) {
    episodes.push_back({Doing::sitting, hours * kHour / 10 - 60});
    episodes.push_back({Doing::walking, 60, 1.8});
  }
  return episodes;
}

enum class Times { seconds, dates };

std::string time_cell(Times times, std::int64_t ms) {
  return times == Times::dates ? date_time_text(ms) + ',' : written("%.2f,", 1e-3 * static_cast<double>(ms));
}

/// A table of the episodes in g. `start_ms`: of the first row.
std::string table_of(const std::vector<Episode>& episodes, Times times, std::int64_t start_ms = 0) {
  DayDrawing drawing({Hertz{kRateHz}});
  std::string text = "time,acc_x,acc_y,acc_z\n";
  std::int64_t row = 0;
  for (const Episode& episode : episodes) {
    const engine::InertialSamples samples = drawing.next(episode);
    if (episode.doing == Doing::off) row += std::llround(episode.duration_s * kRateHz);
    for (const auto& a : samples.acceleration_mps2) {
      text += time_cell(times, start_ms + row++ * 40);
      const auto g = a.v / engine::kGravityMps2;
      text += written("%.4f,%.4f,%.4f\n", g.x(), g.y(), g.z());
    }
  }
  return text;
}

std::int64_t moment(const char* day, double hour) {
  return start_of(*parse_day(day)) + static_cast<std::int64_t>(hour * kHour * 1000);
}

double value_of(const session::MeasurementDocument& d, SignalMeasure measure) {
  const auto* value = session::find_value(d, measure);
  return value == nullptr ? -1 : value->value;
}

bool warns(const session::MeasurementDocument& d, const std::string& code) {
  return std::any_of(d.warnings.begin(), d.warnings.end(), [&](const auto& w) { return w.code == code; });
}

TEST(DailyWalkingFiles, ThatFollowEachOtherAreOneRecording) {
  const TemporaryFolder folder;
  put_file(folder / "1.csv", table_of(ten_walks(13), Times::dates, moment("2026-03-14", 8)));
  put_file(folder / "2.csv", table_of(ten_walks(13), Times::dates, moment("2026-03-15", 8)));
  GaitOptions options;
  options.body_height = Meters{1.7};
  const auto d = measure_daily_walking({folder / "1.csv", folder / "2.csv"}, options);
  ASSERT_TRUE(d) << to_string(d.error());
  EXPECT_EQ(d->kind, session::MeasurementKind::daily_walking);
  EXPECT_EQ(d->source.recorded_at, "2026-03-14T08:00:00.000Z");
  EXPECT_EQ(value_of(*d, SignalMeasure::days_counted), 2);
  EXPECT_NEAR(value_of(*d, SignalMeasure::daily_steps), 1080, 25);
  EXPECT_EQ(value_of(*d, SignalMeasure::daily_bouts), 10);
  EXPECT_NEAR(value_of(*d, SignalMeasure::recorded_time), 26 * kHour, 1);
  EXPECT_GT(value_of(*d, SignalMeasure::daily_speed), 0.5);
  EXPECT_TRUE(warns(*d, "gaps")) << "the night";
  ASSERT_EQ(d->tables[0].rows.size(), 2U);
  EXPECT_EQ(d->tables[0].rows[1].part, "2026-03-15");
  EXPECT_EQ(measure_daily_walking({folder / "2.csv", folder / "1.csv"}, options).error().code,
            ErrorCode::invalid_argument);
}

TEST(DailyWalkingFiles, OfALongRecordingNeedNoOption) {
  const TemporaryFolder folder;
  put_file(folder / "day.csv", table_of(ten_walks(12.5), Times::seconds));
  const auto d = measure_gait(folder / "day.csv", {});
  ASSERT_TRUE(d) << to_string(d.error());
  EXPECT_EQ(d->kind, session::MeasurementKind::daily_walking);
  EXPECT_TRUE(warns(*d, "no_date"));
  EXPECT_EQ(d->tables[0].rows[0].part, "day 1");
  GaitOptions dated;
  dated.start = "2026-03-14T22:00:00+01:00";
  const auto over_midnight = measure_gait(folder / "day.csv", dated);
  ASSERT_TRUE(over_midnight);
  ASSERT_EQ(over_midnight->tables[0].rows.size(), 2U);
  EXPECT_EQ(over_midnight->tables[0].rows[1].part, "2026-03-15");
  EXPECT_FALSE(warns(*over_midnight, "no_date"));
}

TEST(DailyWalkingFiles, WithAGapAndABackwardClockAreMeasured) {
  const TemporaryFolder folder;
  const auto morning = ten_walks(4);
  std::vector<Episode> day = morning;
  day.push_back({Doing::off, 3 * kHour});
  day.insert(day.end(), morning.begin(), morning.end());
  put_file(folder / "gap.csv", table_of(day, Times::seconds));
  const auto gap = measure_daily_walking({folder / "gap.csv"}, {});
  ASSERT_TRUE(gap) << to_string(gap.error());
  EXPECT_NEAR(value_of(*gap, SignalMeasure::recorded_time), 8 * kHour, 2);
  EXPECT_TRUE(warns(*gap, "gaps"));
  // The clock jumps back by an hour after the first four.
  std::string back = table_of(morning, Times::seconds);
  const std::string later = table_of(morning, Times::seconds, 3 * 3'600'000);
  put_file(folder / "back.csv", back + later.substr(later.find('\n') + 1));
  const auto jump = measure_daily_walking({folder / "back.csv"}, {});
  ASSERT_TRUE(jump) << to_string(jump.error());
  EXPECT_NEAR(value_of(*jump, SignalMeasure::recorded_time), 8 * kHour, 2);
  EXPECT_TRUE(warns(*jump, "clock_set_back"));
  EXPECT_EQ(jump->tables[2].rows.size(), gap->tables[2].rows.size());
}

TEST(DailyWalkingFiles, ThatBeginWithoutSamplesKeepTheirMidnights) {
  const TemporaryFolder folder;
  // 22:00 to 23:00 without samples, then three hours of walks: a row each 40 ms.
  const auto late = [](Times times, std::int64_t start_ms) {
    std::string text = "time,acc_x,acc_y,acc_z\n";
    for (std::int64_t ms = 0; ms < 3'600'000; ms += 40)
      text += time_cell(times, start_ms + ms) + "NaN,NaN,NaN\n";
    const std::string walks = table_of(ten_walks(3), times, start_ms + 3'600'000);
    return text + walks.substr(walks.find('\n') + 1);
  };
  put_file(folder / "dates.csv", late(Times::dates, moment("2026-03-14", 22)));
  put_file(folder / "seconds.csv", late(Times::seconds, 5'000'000));
  GaitOptions said;
  said.start = "2026-03-14T22:00:00Z";
  for (const auto& [name, options] : {std::pair{"dates.csv", GaitOptions{}}, {"seconds.csv", said}}) {
    const auto d = measure_daily_walking({folder / name}, options);
    ASSERT_TRUE(d) << to_string(d.error());
    EXPECT_NEAR(value_of(*d, SignalMeasure::recorded_time), 3 * kHour, 1) << name;
    EXPECT_NEAR(d->source.duration.value(), 4 * kHour, 1) << name;
    ASSERT_EQ(d->tables[0].rows.size(), 2U) << name;
    EXPECT_EQ(d->tables[0].rows[1].part, "2026-03-15") << name;
    EXPECT_EQ(d->tables[0].rows[1].start.value(), 2 * kHour) << name;
    ASSERT_EQ(d->tables[2].rows.size(), 10U) << name;
    // The first walk ends 0.3 h after 23:00, the last at 02:00.
    EXPECT_NEAR(d->tables[2].rows[0].end.value(), 1.3 * kHour, 3) << name;
    EXPECT_NEAR(d->tables[2].rows[9].end.value(), 4 * kHour, 3) << name;
  }
}

TEST(DailyWalkingFiles, SayWhyTheyCannotBeMeasured) {
  const TemporaryFolder folder;
  std::string slow = "time,acc_x,acc_y,acc_z\n";
  for (int i = 0; i < 40'000; ++i) slow += written("%d,0.01,%s,0\n", i, i % 2 == 0 ? "1.0" : "1.01");
  put_file(folder / "slow.csv", slow);
  const auto one_hertz = measure_daily_walking({folder / "slow.csv"}, {});
  ASSERT_FALSE(one_hertz);
  EXPECT_NE(one_hertz.error().cause.find("at least 20"), std::string::npos) << to_string(one_hertz.error());
  std::string missing = "time,acc_x,acc_y,acc_z\n";
  for (int i = 0; i < 4000; ++i) missing += written("%.2f,NaN,NaN,NaN\n", 0.04 * i);
  put_file(folder / "missing.csv", missing);
  EXPECT_EQ(measure_daily_walking({folder / "missing.csv"}, {}).error().code, ErrorCode::nothing_measured);
  put_file(folder / "empty.csv", "");
  EXPECT_FALSE(measure_daily_walking({folder / "empty.csv"}, {}));
  put_file(folder / "a.csv", table_of(ten_walks(1), Times::seconds));
  put_file(folder / "b.csv", table_of(ten_walks(1), Times::seconds));
  const auto undated = measure_daily_walking({folder / "a.csv", folder / "b.csv"}, {});
  ASSERT_FALSE(undated);
  EXPECT_NE(undated.error().cause.find("does not say when"), std::string::npos);
  GaitOptions wrong;
  wrong.start = "yesterday";
  EXPECT_EQ(measure_daily_walking({folder / "a.csv"}, wrong).error().code, ErrorCode::invalid_argument);
}

TEST(DailyWalkingFiles, StopWhenAsked) {
  const TemporaryFolder folder;
  put_file(folder / "a.csv", table_of(ten_walks(1), Times::seconds));
  const auto stopped = measure_daily_walking({folder / "a.csv"}, {}, [](double) { return false; });
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().code, ErrorCode::cancelled);
}

}  // namespace
}  // namespace reprise::pipeline
