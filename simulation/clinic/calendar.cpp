#include "simulation/clinic/calendar.h"

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "fhir/model/date_time.h"

namespace reprise::care {
namespace {

constexpr int kSecondsADay = 86'400;
constexpr std::int64_t kMillisecondsADay = 86'400'000;
constexpr int kMostZone = 14 * 60;

std::chrono::year_month_day civil(int day) {
  return std::chrono::year_month_day{std::chrono::sys_days{std::chrono::days{day}}};
}

}  // namespace

Result<Calendar> Calendar::of(const std::string& today, int days, int zone_minutes) {
  constexpr std::size_t kWholeDate = 10;
  const auto when =
      today.size() == kWholeDate && fhir::is_date(today) ? fhir::interval_of(today) : std::nullopt;
  if (!when || !when->start_ms || *when->start_ms < 0 || std::abs(zone_minutes) > kMostZone) {
    return fail(ErrorCode::invalid_argument, "simulating a clinic", "today is no day, or the zone no zone",
                "write the day as 2026-03-02, and the zone in minutes east of Greenwich, at most 840");
  }
  return Calendar{static_cast<int>(*when->start_ms / kMillisecondsADay) - days, zone_minutes};
}

std::string Calendar::date(int day) const {
  const auto ymd = civil(first_ + day);
  std::array<char, 32> text{};
  const int size = std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(ymd.year()),
                                 static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()));
  return {text.data(), static_cast<std::size_t>(size)};
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
  return static_cast<int>(
             std::chrono::weekday{std::chrono::sys_days{std::chrono::days{first_}}}.iso_encoding()) -
         1;
}

int Calendar::year(int day) const {
  return static_cast<int>(civil(first_ + day).year());
}

}  // namespace reprise::care
