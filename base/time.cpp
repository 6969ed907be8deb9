// SPDX-License-Identifier: Apache-2.0
#include "base/time.h"

#include <array>
#include <cstdio>

namespace reprise {
namespace {

namespace chrono = std::chrono;

std::optional<int> number_in(std::string_view digits) {
  int value = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return {};
    value = 10 * value + (c - '0');
  }
  return value;
}

}  // namespace

std::optional<chrono::sys_days> parse_day(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return {};
  const auto year = number_in(text.substr(0, 4));
  const auto month = number_in(text.substr(5, 2));
  const auto day = number_in(text.substr(8, 2));
  if (!year || !month || !day || *year < 1) return {};
  const chrono::year_month_day date{chrono::year{*year}, chrono::month{static_cast<unsigned>(*month)},
                                    chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return {};
  return chrono::sys_days{date};
}

std::string day_text(chrono::sys_days day) {
  const chrono::year_month_day date{day};
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text.data();
}

chrono::sys_days day_at(std::int64_t ms) {
  return chrono::floor<chrono::days>(chrono::sys_time<chrono::milliseconds>{chrono::milliseconds{ms}});
}

std::int64_t start_of(chrono::sys_days day) {
  return day.time_since_epoch().count() * kDayMs;
}

std::string date_time_text(std::int64_t ms, chrono::minutes offset) {
  const std::int64_t local_ms = ms + in_ms(offset);
  const auto day = day_at(local_ms);
  const auto in_day = static_cast<int>(local_ms - start_of(day));
  std::array<char, 40> clock{};
  std::snprintf(clock.data(), clock.size(), "T%02d:%02d:%02d.%03d", in_day / 3'600'000, in_day / 60'000 % 60,
                in_day / 1000 % 60, in_day % 1000);
  if (offset == chrono::minutes{0}) return day_text(day) + clock.data() + 'Z';
  const auto away = static_cast<int>(chrono::abs(offset).count());
  std::array<char, 40> zone{};
  std::snprintf(zone.data(), zone.size(), "%c%02d:%02d", offset.count() < 0 ? '-' : '+', away / 60,
                away % 60);
  return day_text(day) + clock.data() + zone.data();
}

}  // namespace reprise
