// SPDX-License-Identifier: Apache-2.0
#include "server/reminders/time_zone.h"

#include <absl/time/civil_time.h>

#include <algorithm>

#include "base/time.h"

namespace reprise::server {
namespace {

namespace chrono = std::chrono;

constexpr const char* kZoneStage = "finding the time zone of reminders";

}  // namespace

chrono::seconds TimeZone::offset_at(std::int64_t ms) const {
  return chrono::seconds{zone_.At(absl::FromUnixMillis(ms)).offset};
}

chrono::sys_days TimeZone::day_at(std::int64_t ms) const {
  return ::reprise::day_at(ms + chrono::milliseconds{offset_at(ms)}.count());
}

std::int64_t TimeZone::moment_of(chrono::sys_days day, chrono::minutes clock) const {
  const chrono::year_month_day date{day};
  const absl::CivilMinute local =
      absl::CivilMinute(int{date.year()}, unsigned{date.month()}, unsigned{date.day()}) + clock.count();
  // Of a time that is skipped or occurs twice, as the clocks were before the change.
  return absl::ToUnixMillis(zone_.At(absl::CivilSecond{local}).pre);
}

bool is_time_zone_name(std::string_view text) {
  constexpr std::size_t kLongestName = 64;
  const auto is_plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' ||
           c == '_' || c == '-' || c == '+';
  };
  return !text.empty() && text.size() < kLongestName && text.front() != '/' && text.back() != '/' &&
         text.find("//") == std::string_view::npos && std::all_of(text.begin(), text.end(), is_plain);
}

Result<TimeZone> load_time_zone(const std::string& name) {
  if (!is_time_zone_name(name))
    return fail(ErrorCode::invalid_argument, kZoneStage, "a chosen name is no time zone",
                "choose the time again on the patient's page");
  absl::TimeZone zone;
  if (!absl::LoadTimeZone(name, &zone))
    return fail(ErrorCode::unreadable, kZoneStage, "the system's tz database lacks a chosen time zone",
                "install the tz database (tzdata)");
  return TimeZone{zone};
}

}  // namespace reprise::server
