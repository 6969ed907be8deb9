// SPDX-License-Identifier: Apache-2.0
#include "simulation/clinic/calendar.h"

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "base/time.h"

namespace reprise::simulation {
namespace {

constexpr int kSecondsADay = 86'400;
constexpr int kMostZone = 14 * 60;

std::chrono::sys_days since_1970(int days) {
  return std::chrono::sys_days{std::chrono::days{days}};
}

}  // namespace

Result<Calendar> Calendar::of(const std::string& today, int days, int zone_minutes) {
  const auto when = parse_day(today);
  if (!when || *when < std::chrono::sys_days{} || std::abs(zone_minutes) > kMostZone) {
    return fail(ErrorCode::invalid_argument, "simulating a clinic", "today is no day, or the zone no zone",
                "write the day as 2026-03-02, and the zone in minutes east of Greenwich, at most 840");
  }
  return Calendar{static_cast<int>(when->time_since_epoch().count()) - days, zone_minutes};
}

std::string Calendar::date(int day) const {
  return day_text(since_1970(first_ + day));
}

std::string Calendar::time(int day, int second) const {
  const int on = day + second / kSecondsADay;
  const int left = second % kSecondsADay;
  const int zone = std::abs(zone_minutes_);
  std::array<char, 32> text{};
  const int size =
      std::snprintf(text.data(), text.size(), "T%02d:%02d:%02d%c%02d:%02d", left / 3600, left / 60 % 60,
                    left % 60, zone_minutes_ < 0 ? '-' : '+', zone / 60, zone % 60);
  return date(on) + std::string{text.data(), static_cast<std::size_t>(size)};
}

int Calendar::first_weekday() const {
  return static_cast<int>(std::chrono::weekday{since_1970(first_)}.iso_encoding()) - 1;
}

int Calendar::year(int day) const {
  return static_cast<int>(std::chrono::year_month_day{since_1970(first_ + day)}.year());
}

}  // namespace reprise::simulation
