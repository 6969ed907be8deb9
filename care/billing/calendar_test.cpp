// SPDX-License-Identifier: Apache-2.0
#include "care/billing/calendar.h"
#include "base/time.h"

#include <gtest/gtest.h>

namespace reprise::care::billing {
namespace {

constexpr std::int64_t kHour = 3'600'000;

TEST(Calendar, KnowsDaysThatExist) {
  for (const char* text : {"2026-03-14", "2028-02-29", "2000-02-29", "1900-01-01", "2199-12-31"})
    EXPECT_EQ(day_text(day_in(text).value()), text);
  for (const char* text :
       {"2026-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-01-00", "2026-01-32", "2026-1-01",
        "2026-01-01T", "2200-01-01", "1899-12-31", "", "2026/01/01", "-026-01-01"}) {
    EXPECT_FALSE(day_in(text)) << text;
  }
}

TEST(Calendar, KnowsMonths) {
  EXPECT_EQ(day_text(last_of_month(*day_in("2028-02-10"))), "2028-02-29");
  EXPECT_EQ(day_text(last_of_month(*day_in("2026-02-28"))), "2026-02-28");
  EXPECT_EQ(day_text(first_of_month(*day_in("2026-12-31"))), "2026-12-01");
}

TEST(Zone, SaysWhichDayItIs) {
  const Zone west = Zone::of({{0, -300}}).value();
  // January 1, 1970, 4:59 and 5:00 UTC.
  EXPECT_EQ(day_text(west.day_at(5 * kHour - 1)), "1969-12-31");
  EXPECT_EQ(day_text(west.day_at(5 * kHour)), "1970-01-01");
  EXPECT_EQ(west.start_of(*day_in("1970-01-01")), 5 * kHour);
  const Zone east = Zone::of({{0, 840}}).value();
  EXPECT_EQ(day_text(east.day_at(10 * kHour)), "1970-01-02");
  // Before the first change its offset holds.
  EXPECT_EQ(east.start_of(*day_in("1970-01-01")), -14 * kHour);
}

TEST(Zone, BeginsADayWithTheJumpWhereClocksJumpOverMidnight) {
  // Clocks go from 0:00 to 1:00, as in Beirut: January 2 begins at 1:00, which is 22:00 UTC of January 1.
  const Zone zone = Zone::of({{0, 120}, {22 * kHour, 180}}).value();
  EXPECT_EQ(zone.start_of(*day_in("1970-01-02")), 22 * kHour);
  EXPECT_EQ(day_text(zone.day_at(22 * kHour - 1)), "1970-01-01");
  EXPECT_EQ(day_text(zone.day_at(22 * kHour)), "1970-01-02");
  EXPECT_EQ(zone.start_of(*day_in("1970-01-03")), 45 * kHour);
}

TEST(Zone, SkipsADayThatNeverWas) {
  // Samoa left out December 30, 2011; here January 2, 1970: from UTC-10 to UTC+14 at its beginning.
  const Zone zone = Zone::of({{0, -600}, {34 * kHour, 840}}).value();
  EXPECT_EQ(zone.start_of(*day_in("1970-01-02")), 34 * kHour);
  EXPECT_EQ(zone.start_of(*day_in("1970-01-03")), 34 * kHour);
}

TEST(Zone, RefusesWhatIsNoZone) {
  EXPECT_FALSE(Zone::of({}));
  EXPECT_FALSE(Zone::of({{0, 841}}));
  EXPECT_FALSE(Zone::of({{5, 0}, {5, 60}}));
  EXPECT_FALSE(Zone::of(std::vector<ZoneChange>(1001)));
}

}  // namespace
}  // namespace reprise::care::billing
