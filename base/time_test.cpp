// SPDX-License-Identifier: Apache-2.0
#include "base/time.h"

#include <gtest/gtest.h>

namespace reprise {
namespace {

using namespace std::chrono_literals;
using std::chrono::sys_days;

TEST(Time, DaysAreParsedAndWritten) {
  EXPECT_EQ(parse_day("2026-03-14"), sys_days{2026y / 3 / 14});
  EXPECT_EQ(parse_day("2024-02-29"), sys_days{2024y / 2 / 29});
  EXPECT_EQ(day_text(sys_days{2026y / 3 / 4}), "2026-03-04");
  EXPECT_EQ(day_text(*parse_day("0001-01-01")), "0001-01-01");
  EXPECT_EQ(day_text(*parse_day("9999-12-31")), "9999-12-31");
  for (const char* wrong :
       {"", "2026-03", "2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "0000-01-01", "2026-3-14",
        "2026/03/14", "2026-03-14T", "+026-03-14", "2026-0a-14"}) {
    EXPECT_FALSE(parse_day(wrong)) << wrong;
  }
}

TEST(Time, ADayBeginsAtMidnightBefore1970Too) {
  EXPECT_EQ(day_at(0), sys_days{});
  EXPECT_EQ(day_at(-1), sys_days{1969y / 12 / 31});
  EXPECT_EQ(day_at(-kDayMs), sys_days{1969y / 12 / 31});
  EXPECT_EQ(day_at(kDayMs - 1), sys_days{});
  EXPECT_EQ(start_of(day_at(20'000 * kDayMs + 5)), 20'000 * kDayMs);
  EXPECT_EQ(start_of(sys_days{1969y / 12 / 31}), -kDayMs);
}

TEST(Time, MomentsAreWrittenAtTheirOffset) {
  const std::int64_t ms = start_of(sys_days{2026y / 3 / 14}) + in_ms(8h + 30min + 250ms);
  EXPECT_EQ(date_time_text(ms), "2026-03-14T08:30:00.250Z");
  EXPECT_EQ(date_time_text(ms, 60min), "2026-03-14T09:30:00.250+01:00");
  EXPECT_EQ(date_time_text(ms, -(9h + 30min)), "2026-03-13T23:00:00.250-09:30");
  EXPECT_EQ(date_time_text(-1), "1969-12-31T23:59:59.999Z");
}

}  // namespace
}  // namespace reprise
