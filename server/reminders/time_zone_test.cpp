// SPDX-License-Identifier: Apache-2.0
#include "server/reminders/time_zone.h"

#include <gtest/gtest.h>

#include "base/time.h"
#include "server/reminders/time_zone_rule.h"

namespace reprise::server {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

std::string number(std::int64_t value, std::size_t bytes) {
  std::string text;
  for (std::size_t i = bytes; i > 0; --i)
    text += static_cast<char>((static_cast<std::uint64_t>(value) >> (8 * (i - 1))) & 0xFFU);
  return text;
}

std::string header(std::int64_t transitions, std::int64_t types) {
  return "TZif2" + std::string(15, '\0') + number(0, 4) + number(0, 4) + number(0, 4) +
         number(transitions, 4) + number(types, 4) + number(4, 4);
}

std::string type(std::int64_t offset_s) {
  return number(offset_s, 4) + std::string(2, '\0');
}

/// A file with one transition, at `at_s` from an hour east to two, and a rule for the time after it.
std::string file(std::int64_t at_s, const std::string& rule) {
  const std::string letters = std::string{"XXX"} + '\0';
  return header(0, 1) + type(0) + letters + header(1, 2) + number(at_s, 8) + '\1' + type(3600) + type(7200) +
         letters + '\n' + rule + '\n';
}

std::int64_t ms(const char* day, hours at = hours{0}) {
  return start_of(*parse_day(day)) + in_ms(at);
}

const char* const kBerlin = "CET-1CEST,M3.5.0,M10.5.0/3";

TEST(TimeZone, ChangesAtATransitionAndThenByTheRule) {
  const auto zone = TimeZone::parse(file(ms("2000-06-01") / 1000, kBerlin));
  ASSERT_TRUE(zone) << to_string(zone.error());
  EXPECT_EQ(zone->offset_at(ms("1999-07-01")), hours{1});
  EXPECT_EQ(zone->offset_at(ms("2000-07-01")), hours{2});
  EXPECT_EQ(zone->offset_at(ms("2026-03-29", hours{1}) - 1), hours{1});
  EXPECT_EQ(zone->offset_at(ms("2026-03-29", hours{1})), hours{2});
  EXPECT_EQ(zone->offset_at(ms("2026-10-25", hours{1}) - 1), hours{2});
  EXPECT_EQ(zone->offset_at(ms("2026-10-25", hours{1})), hours{1});
  EXPECT_EQ(day_text(zone->day_at(ms("2026-06-30", hours{22}))), "2026-07-01");
}

TEST(TimeZone, ATimeThatIsSkippedIsLaterAndOneThatIsTwiceIsTheFirst) {
  const auto zone = TimeZone::parse(file(0, kBerlin));
  ASSERT_TRUE(zone);
  const auto moment = [&](const char* day, minutes clock) { return zone->moment_of(*parse_day(day), clock); };
  EXPECT_EQ(moment("2026-03-28", hours{18}), ms("2026-03-28", hours{17}));
  EXPECT_EQ(moment("2026-03-29", hours{18}), ms("2026-03-29", hours{16}));
  EXPECT_EQ(moment("2026-03-29", minutes{150}), ms("2026-03-29", hours{1}) + in_ms(minutes{30}));
  EXPECT_EQ(moment("2026-10-25", minutes{150}), ms("2026-10-25") + in_ms(minutes{30}));
  EXPECT_EQ(moment("2026-10-25", hours{18}), ms("2026-10-25", hours{17}));
}

TEST(TimeZone, SummerTimeOfTheSouthSpansTheNewYear) {
  const auto rule = parse_time_zone_rule("AEST-10AEDT,M10.1.0,M4.1.0/3");
  ASSERT_TRUE(rule);
  EXPECT_EQ(rule->offset_s(ms("2026-01-10") / 1000), 11 * 3600);
  EXPECT_EQ(rule->offset_s(ms("2026-07-10") / 1000), 10 * 3600);
  EXPECT_EQ(rule->offset_s(ms("2026-12-10") / 1000), 11 * 3600);
}

TEST(TimeZone, RulesOfOtherFormsAreRead) {
  const auto numbers = parse_time_zone_rule("<-03>3<-02>,J60/-1,60/26:30");
  ASSERT_TRUE(numbers);
  EXPECT_EQ(numbers->standard_s, -3 * 3600);
  EXPECT_EQ(numbers->summer_s, -2 * 3600);
  using std::chrono::year;
  EXPECT_EQ(numbers->begins->local_s(year{2024}), ms("2024-03-01") / 1000 - 3600) << "never a 29 February";
  EXPECT_EQ(numbers->begins->local_s(year{2026}), ms("2026-03-01") / 1000 - 3600);
  EXPECT_EQ(numbers->ends->local_s(year{2024}), ms("2024-03-01", hours{26}) / 1000 + 1800);
  EXPECT_EQ(parse_time_zone_rule("<+0530>-5:30")->offset_s(0), 19'800);
  for (const char* wrong : {"", "C", "CET", "CET-1CEST", "CET-1CEST,M13.1.0,M10.5.0", "CET-1CEST,M3.5.0",
                            "CET-99", "<+05>", "CET-1CEST,M3.5.0,M10.5.0/3x"})
    EXPECT_FALSE(parse_time_zone_rule(wrong)) << wrong;
}

TEST(TimeZone, FilesThatContradictThemselvesAreRefused) {
  const std::string good = file(0, kBerlin);
  EXPECT_TRUE(TimeZone::parse(good));
  for (std::size_t length = 0; length < good.size(); ++length)
    EXPECT_FALSE(TimeZone::parse(good.substr(0, length))) << length;
  std::string old = good;
  old[4] = '\0';
  EXPECT_EQ(TimeZone::parse(old).error().code, ErrorCode::unsupported);
  std::string many = good;
  many[20] = '\x7f';
  EXPECT_EQ(TimeZone::parse(many).error().code, ErrorCode::corrupt);
}

TEST(TimeZone, NamesLeadToNoOtherFolder) {
  EXPECT_TRUE(is_time_zone_name("Europe/Berlin"));
  EXPECT_TRUE(is_time_zone_name("Etc/GMT+5"));
  for (const char* wrong : {"", "/etc/passwd", "../Berlin", "Europe/", "a//b", "Europe Berlin"})
    EXPECT_FALSE(is_time_zone_name(wrong)) << wrong;
}

}  // namespace
}  // namespace reprise::server
