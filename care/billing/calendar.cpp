#include "care/billing/calendar.h"

#include <algorithm>
#include <limits>

namespace reprise::care::billing {
namespace {

constexpr std::int64_t kMinuteMs = 60'000;
constexpr std::int64_t kDayMs = 86'400'000;
constexpr std::size_t kMostChanges = 1000;
constexpr int kFarthestOffset = 14 * 60;  // Kiritimati
constexpr int kFirstYear = 1900;
constexpr int kLastYear = 2199;

std::optional<int> digits_of(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return {};
    value = value * 10 + (c - '0');
  }
  return value;
}

std::string padded(unsigned number, std::size_t width) {
  std::string text = std::to_string(number);
  return std::string(width > text.size() ? width - text.size() : 0, '0') + text;
}

Day day_of_local(std::int64_t local_ms) {
  return Day{days{static_cast<int>(local_ms / kDayMs - (local_ms % kDayMs < 0 ? 1 : 0))}};
}

}  // namespace

std::optional<Day> day_in(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return {};
  const auto year = digits_of(text.substr(0, 4));
  const auto month = digits_of(text.substr(5, 2));
  const auto day = digits_of(text.substr(8, 2));
  if (!year || !month || !day || *year < kFirstYear || *year > kLastYear) return {};
  const std::chrono::year_month_day date{std::chrono::year{*year},
                                         std::chrono::month{static_cast<unsigned>(*month)},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return {};
  return Day{date};
}

std::string written(Day day) {
  const std::chrono::year_month_day date{day};
  return padded(static_cast<unsigned>(static_cast<int>(date.year())), 4) + "-" +
         padded(static_cast<unsigned>(date.month()), 2) + "-" + padded(static_cast<unsigned>(date.day()), 2);
}

Day first_of_month(Day day) {
  const std::chrono::year_month_day date{day};
  return Day{date.year() / date.month() / std::chrono::day{1}};
}

Day last_of_month(Day day) {
  const std::chrono::year_month_day date{day};
  return Day{date.year() / date.month() / std::chrono::last};
}

Result<Zone> Zone::of(std::vector<ZoneChange> changes) {
  const auto refuse = [](std::string cause) {
    return fail(ErrorCode::invalid_argument, "reading a time zone", std::move(cause),
                "give at least one offset from UTC, each with the moment from which it holds");
  };
  if (changes.empty() || changes.size() > kMostChanges)
    return refuse("there is no offset, or more than 1000");
  for (std::size_t i = 0; i < changes.size(); ++i) {
    if (changes[i].offset_minutes < -kFarthestOffset || changes[i].offset_minutes > kFarthestOffset)
      return refuse("an offset is more than 14 hours");
    if (i > 0 && changes[i].from_ms <= changes[i - 1].from_ms) return refuse("the offsets are not in order");
  }
  return Zone(std::move(changes));
}

Day Zone::day_at(std::int64_t ms) const {
  auto after =
      std::upper_bound(changes_.begin(), changes_.end(), ms,
                       [](std::int64_t moment, const ZoneChange& change) { return moment < change.from_ms; });
  const ZoneChange& now = after == changes_.begin() ? *after : *std::prev(after);
  return day_of_local(ms + now.offset_minutes * kMinuteMs);
}

std::int64_t Zone::start_of(Day day) const {
  const std::int64_t local_ms = static_cast<std::int64_t>(day.time_since_epoch().count()) * kDayMs;
  for (std::size_t i = 0; i < changes_.size(); ++i) {
    const std::int64_t midnight = local_ms - changes_[i].offset_minutes * kMinuteMs;
    const std::int64_t end =
        i + 1 < changes_.size() ? changes_[i + 1].from_ms : std::numeric_limits<std::int64_t>::max();
    // Where clocks jump over midnight, the day begins with the jump.
    const std::int64_t begin = i == 0 ? midnight : std::max(midnight, changes_[i].from_ms);
    if (begin < end) return begin;
  }
  return local_ms;  // not reached: the last stretch has no end
}

}  // namespace reprise::care::billing
