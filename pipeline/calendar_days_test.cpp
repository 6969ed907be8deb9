// SPDX-License-Identifier: Apache-2.0
#include "pipeline/calendar_days.h"

#include <gtest/gtest.h>

namespace reprise::pipeline {
namespace {

constexpr double kCalendarHour = 3600;

TEST(CalendarDays, BeginAtTheMidnightOfTheStartsOffset) {
  const auto start = recording_start("2026-03-14T10:00:00+01:00");
  ASSERT_TRUE(start);
  const auto days = calendar_days(start, "", Seconds{30 * kCalendarHour});
  ASSERT_TRUE(days);
  ASSERT_EQ(days->size(), 2U);
  EXPECT_EQ((*days)[0].date, "2026-03-14");
  EXPECT_EQ((*days)[0].start.value(), -10 * kCalendarHour);
  EXPECT_EQ((*days)[1].date, "2026-03-15");
  EXPECT_EQ((*days)[1].end.value(), 38 * kCalendarHour);
}

TEST(CalendarDays, OfAZoneHave23And25HoursWhenItsClocksChange) {
  const auto spring =
      calendar_days(recording_start("2026-03-28T12:00:00Z"), "Europe/Berlin", Seconds{60 * kCalendarHour});
  ASSERT_TRUE(spring) << to_string(spring.error());
  ASSERT_EQ(spring->size(), 4U);
  EXPECT_EQ((*spring)[0].start.value(), -13 * kCalendarHour) << "midnight in Berlin is 23 h in UTC";
  EXPECT_EQ((*spring)[1].date, "2026-03-29");
  EXPECT_EQ(((*spring)[1].end - (*spring)[1].start).value(), 23 * kCalendarHour);
  EXPECT_EQ(((*spring)[2].end - (*spring)[2].start).value(), 24 * kCalendarHour);
  const auto autumn =
      calendar_days(recording_start("2026-10-24T12:00:00Z"), "Europe/Berlin", Seconds{40 * kCalendarHour});
  ASSERT_TRUE(autumn);
  EXPECT_EQ(((*autumn)[1].end - (*autumn)[1].start).value(), 25 * kCalendarHour);
}

TEST(CalendarDays, BeginAtTheirFirstMomentWhereClocksChangeAtMidnight) {
  // In Santiago 00:00 became 01:00 on 2025-09-07, at 04:00 UTC; in Havana 01:00 became 00:00 on 2025-11-02,
  // at 05:00 UTC.
  const auto spring =
      calendar_days(recording_start("2025-09-06T12:00:00Z"), "America/Santiago", Seconds{40 * kCalendarHour});
  ASSERT_TRUE(spring) << to_string(spring.error());
  ASSERT_EQ(spring->size(), 3U);
  EXPECT_EQ((*spring)[0].start.value(), -8 * kCalendarHour);
  EXPECT_EQ((*spring)[1].date, "2025-09-07");
  EXPECT_EQ((*spring)[1].start.value(), 16 * kCalendarHour);
  EXPECT_EQ((*spring)[1].end.value(), 39 * kCalendarHour);
  const auto autumn =
      calendar_days(recording_start("2025-11-01T12:00:00Z"), "America/Havana", Seconds{20 * kCalendarHour});
  ASSERT_TRUE(autumn) << to_string(autumn.error());
  ASSERT_EQ(autumn->size(), 2U);
  EXPECT_EQ((*autumn)[1].start.value(), 16 * kCalendarHour);
  EXPECT_EQ((*autumn)[1].end.value(), 41 * kCalendarHour);
}

TEST(CalendarDays, WithoutADateAreCounted) {
  const auto days = calendar_days(std::nullopt, "", Seconds{49 * kCalendarHour});
  ASSERT_TRUE(days);
  ASSERT_EQ(days->size(), 3U);
  EXPECT_EQ((*days)[2].date, "day 3");
  EXPECT_EQ((*days)[2].start.value(), 48 * kCalendarHour);
}

TEST(CalendarDays, RefuseAnUnknownZone) {
  const auto start = recording_start("2026-03-14T10:00:00Z");
  for (const char* zone : {"Europe/Atlantis", "../etc/passwd", "/etc/passwd", "Europe", "CET-1;x"})
    EXPECT_EQ(calendar_days(start, zone, Seconds{60}).error().code, ErrorCode::invalid_argument) << zone;
  EXPECT_EQ(calendar_days(std::nullopt, "Europe/Berlin", Seconds{60}).error().code,
            ErrorCode::invalid_argument);
}

TEST(RecordingStart, IsReadWithItsOffset) {
  EXPECT_EQ(recording_start("2026-03-14T10:00:00+01:00")->offset, std::chrono::minutes{60});
  EXPECT_EQ(recording_start("2026-03-14T10:00:00-09:30")->offset, -std::chrono::minutes{570});
  EXPECT_EQ(recording_start("2026-03-14T10:00:00.250Z")->offset, std::chrono::minutes{0});
  EXPECT_EQ(recording_start("2026-03-14 10:00:00")->ms, recording_start("2026-03-14T10:00:00Z")->ms);
  for (const char* wrong :
       {"", "10:00:00", "yesterday", "2026-13-14T10:00:00Z", "2026-03-14", "2026-03-14Tten"})
    EXPECT_FALSE(recording_start(wrong)) << wrong;
}

}  // namespace
}  // namespace reprise::pipeline
