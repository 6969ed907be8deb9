// SPDX-License-Identifier: Apache-2.0
#include "server/reminders/time_zone.h"

#include <gtest/gtest.h>

#include "base/time.h"

namespace reprise::server {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

std::int64_t ms(const char* day, hours at = hours{0}) {
  return start_of(*parse_day(day)) + in_ms(at);
}

TimeZone zone_of(const char* name) {
  return load_time_zone(name).value();
}

TEST(TimeZone, FollowsTheClocksAlsoInLaterYears) {
  const TimeZone berlin = zone_of("Europe/Berlin");
  EXPECT_EQ(berlin.offset_at(ms("2026-03-29", hours{1}) - 1), hours{1});
  EXPECT_EQ(berlin.offset_at(ms("2026-03-29", hours{1})), hours{2});
  EXPECT_EQ(berlin.offset_at(ms("2026-10-25", hours{1}) - 1), hours{2});
  EXPECT_EQ(berlin.offset_at(ms("2026-10-25", hours{1})), hours{1});
  EXPECT_EQ(berlin.offset_at(ms("2061-07-01")), hours{2});
  EXPECT_EQ(day_text(berlin.day_at(ms("2026-06-30", hours{22}))), "2026-07-01");
  EXPECT_EQ(zone_of("Australia/Sydney").offset_at(ms("2026-12-10")), hours{11});
  EXPECT_EQ(zone_of("Australia/Lord_Howe").offset_at(ms("2026-07-01")), minutes{630});
}

TEST(TimeZone, ATimeThatIsSkippedIsLaterAndOneThatIsTwiceIsTheFirst) {
  const TimeZone berlin = zone_of("Europe/Berlin");
  const auto moment = [&](const char* day, minutes clock) {
    return berlin.moment_of(*parse_day(day), clock);
  };
  EXPECT_EQ(moment("2026-03-28", hours{18}), ms("2026-03-28", hours{17}));
  EXPECT_EQ(moment("2026-03-29", hours{18}), ms("2026-03-29", hours{16}));
  EXPECT_EQ(moment("2026-03-29", minutes{150}), ms("2026-03-29", hours{1}) + in_ms(minutes{30}));
  EXPECT_EQ(moment("2026-10-25", minutes{150}), ms("2026-10-25") + in_ms(minutes{30}));
  EXPECT_EQ(moment("2026-10-25", hours{18}), ms("2026-10-25", hours{17}));
}

TEST(TimeZone, NamesLeadToNoOtherFolder) {
  EXPECT_TRUE(is_time_zone_name("Europe/Berlin"));
  EXPECT_TRUE(is_time_zone_name("Etc/GMT+5"));
  for (const char* wrong :
       {"", "/etc/passwd", "../Berlin", "Europe/", "a//b", "Europe Berlin", "libc:localtime"}) {
    EXPECT_FALSE(is_time_zone_name(wrong)) << wrong;
    EXPECT_EQ(load_time_zone(wrong).error().code, ErrorCode::invalid_argument) << wrong;
  }
  EXPECT_EQ(load_time_zone("Europe/Atlantis").error().code, ErrorCode::unreadable);
}

}  // namespace
}  // namespace reprise::server
