// SPDX-License-Identifier: Apache-2.0
#include "fhir/fields/days.h"

#include "fhir/model/date_time.h"

namespace reprise::fhir {
namespace {

constexpr std::size_t kDateLength = 10;  // YYYY-MM-DD

}  // namespace

std::optional<Day> day_of(std::string_view date) {
  const auto day = parse_day(date);
  return day ? std::optional{Day{day->time_since_epoch().count()}} : std::nullopt;
}

std::optional<Day> local_day(std::string_view date_time) {
  if (!fhir::is_date_time(date_time)) return {};
  return day_of(date_time.substr(0, kDateLength));
}

std::string date_of(Day day) {
  return day_text(std::chrono::sys_days{std::chrono::days{static_cast<std::chrono::days::rep>(day)}});
}

int zone_minutes(std::string_view date_time) {
  constexpr std::size_t kZone = 6;  // +01:00
  if (!fhir::is_date_time(date_time) || date_time.size() <= kDateLength || date_time.back() == 'Z') return 0;
  const std::string_view zone = date_time.substr(date_time.size() - kZone);
  const auto two = [&](std::size_t at) { return (zone[at] - '0') * 10 + (zone[at + 1] - '0'); };
  const int minutes = two(1) * 60 + two(4);
  return zone.front() == '-' ? -minutes : minutes;
}

}  // namespace reprise::fhir
