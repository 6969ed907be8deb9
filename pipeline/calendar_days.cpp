// SPDX-License-Identifier: Apache-2.0
#include "pipeline/calendar_days.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <filesystem>

#include "base/time.h"
#include "sensing/activity/timestamp.h"
#include "sensing/files/number_text.h"

namespace reprise::pipeline {
namespace {

namespace chrono = std::chrono;

constexpr const char* kCalendarStage = "finding the days of a recording";
constexpr const char* kZones = "/usr/share/zoneinfo";

bool is_zone(const std::string& zone) {
  const bool plain = !zone.empty() && zone.size() < 64 && zone.front() != '/' &&
                     zone.find("..") == std::string::npos &&
                     std::all_of(zone.begin(), zone.end(), [](char c) {
                       return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                              c == '/' || c == '_' || c == '-' || c == '+';
                     });
  std::error_code none;
  return plain && std::filesystem::is_regular_file(std::filesystem::path{kZones} / zone, none);
}

/// The C library's local time is that of a zone while this lives.
class LocalZone {
 public:
  explicit LocalZone(const std::string& zone) {
    if (const char* before = std::getenv("TZ"); before != nullptr) before_ = before;
    set(zone.c_str());
  }
  LocalZone(const LocalZone&) = delete;
  LocalZone& operator=(const LocalZone&) = delete;
  ~LocalZone() { set(before_ ? before_->c_str() : nullptr); }

  [[nodiscard]] static chrono::sys_days day_of(std::int64_t ms) {
    const std::time_t seconds = ms / 1000;
    std::tm local{};
    localtime_r(&seconds, &local);
    return chrono::sys_days{chrono::year{local.tm_year + 1900} /
                            chrono::month{static_cast<unsigned>(local.tm_mon + 1)} /
                            chrono::day{static_cast<unsigned>(local.tm_mday)}};
  }
  /// The first moment of a day. Where the clocks change at midnight, there is no 00:00, or two; which moment
  /// mktime then gives depends on the C library.
  [[nodiscard]] static std::int64_t midnight(chrono::sys_days day) {
    const chrono::year_month_day date{day};
    std::tm local{};
    local.tm_year = static_cast<int>(date.year()) - 1900;
    local.tm_mon = static_cast<int>(static_cast<unsigned>(date.month())) - 1;
    local.tm_mday = static_cast<int>(static_cast<unsigned>(date.day()));
    local.tm_isdst = -1;
    const std::int64_t ms = static_cast<std::int64_t>(std::mktime(&local)) * 1000;
    constexpr std::int64_t kHourMs = in_ms(chrono::hours{1});
    if (day_of(ms) != day) return ms + kHourMs;
    return day_of(ms - kHourMs) == day ? ms - kHourMs : ms;
  }

 private:
  static void set(const char* zone) {
    zone != nullptr ? setenv("TZ", zone, 1) : unsetenv("TZ");
    tzset();
  }
  std::optional<std::string> before_;
};

/// Days from the one of `first` until `end_ms`. `midnight`: the first moment of a day.
template <class Midnight>
std::vector<session::CalendarDay> days_from(chrono::sys_days first, std::int64_t start_ms,
                                            std::int64_t end_ms, const Midnight& midnight) {
  std::vector<session::CalendarDay> days;
  const auto on_clock = [&](std::int64_t ms) { return Seconds{static_cast<double>(ms - start_ms) / 1000}; };
  for (chrono::sys_days day = first; days.empty() || midnight(day) < end_ms; day += chrono::days{1}) {
    days.push_back({day_text(day), on_clock(midnight(day)), on_clock(midnight(day + chrono::days{1}))});
  }
  return days;
}

}  // namespace

std::optional<RecordingStart> recording_start(std::string_view text) {
  constexpr std::size_t kDateAndMinutes = 16;
  if (text.size() < kDateAndMinutes || !parse_day(text.substr(0, 10))) return std::nullopt;
  const auto moment = sensing::parse_timestamp(text);
  const std::size_t zone = text.find_first_of("Z+-", 11);
  const auto local = sensing::parse_timestamp(sensing::trimmed(text.substr(0, zone)));
  if (!moment || !local) return std::nullopt;
  return RecordingStart{static_cast<std::int64_t>(std::llround(*moment * 1000)),
                        chrono::minutes{std::llround((*local - *moment) / 60)}};
}

Result<void> check_zone(const std::string& zone) {
  if (!zone.empty() && !is_zone(zone)) {
    return fail(ErrorCode::invalid_argument, kCalendarStage,
                "'" + sensing::shown(zone, 60) + "' is no time zone",
                "give a name of the tz database, such as Europe/Berlin");
  }
  return {};
}

Result<std::vector<session::CalendarDay>> calendar_days(const std::optional<RecordingStart>& start,
                                                        const std::string& zone, Seconds duration) {
  if (auto ok = check_zone(zone); !ok) return tl::unexpected(ok.error());
  if (!start) {
    if (!zone.empty()) {
      return fail(ErrorCode::invalid_argument, kCalendarStage,
                  "the recording does not say when it was made, so a time zone does not help",
                  "give its start, too: --start 2026-03-14T10:00:00+01:00");
    }
    std::vector<session::CalendarDay> days;
    const double day_s = static_cast<double>(kDayMs) / 1000;
    for (int i = 0; i == 0 || i * day_s < duration.value(); ++i)
      days.push_back({"day " + std::to_string(i + 1), Seconds{i * day_s}, Seconds{(i + 1) * day_s}});
    return days;
  }
  const std::int64_t end_ms = start->ms + static_cast<std::int64_t>(std::ceil(duration.value() * 1000));
  if (zone.empty()) {
    const std::int64_t offset_ms = in_ms(start->offset);
    return days_from(day_at(start->ms + offset_ms), start->ms, end_ms,
                     [&](chrono::sys_days day) { return start_of(day) - offset_ms; });
  }
  const LocalZone local{zone};
  return days_from(LocalZone::day_of(start->ms), start->ms, end_ms, LocalZone::midnight);
}

}  // namespace reprise::pipeline
