// SPDX-License-Identifier: Apache-2.0
#include "care/billing/calendar.h"

#include <algorithm>
#include <limits>

#include "base/time.h"

namespace reprise::care::billing {
namespace {

constexpr std::int64_t kMinuteMs = in_ms(std::chrono::minutes{1});
constexpr std::size_t kMostChanges = 1000;
constexpr int kFarthestOffset = 14 * 60;  // Kiritimati
constexpr auto kFirstDay = std::chrono::year{1900} / 1 / 1;
constexpr auto kLastDay = std::chrono::year{2199} / 12 / 31;

}  // namespace

std::optional<Day> day_in(std::string_view text) {
  const auto day = parse_day(text);
  if (!day || *day < Day{kFirstDay} || *day > Day{kLastDay}) return {};
  return day;
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
  return reprise::day_at(ms + now.offset_minutes * kMinuteMs);
}

std::int64_t Zone::start_of(Day day) const {
  const std::int64_t local_ms = reprise::start_of(day);
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
