// SPDX-License-Identifier: Apache-2.0
#include "server/reminders/time_zone_rule.h"

#include <algorithm>

namespace reprise::server {
namespace {

namespace chrono = std::chrono;

constexpr std::int64_t kHourS = 3600;
constexpr std::int64_t kDayS = 24 * kHourS;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Takes the parts of the text from its front; after the first that fails, nothing.
class RuleReader {
 public:
  explicit RuleReader(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool failed() const { return failed_; }
  [[nodiscard]] bool at_end() const { return rest_.empty(); }
  [[nodiscard]] bool next_is(char c) const { return !rest_.empty() && rest_.front() == c; }
  bool take(char c) {
    if (!next_is(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  void name() {
    const bool quoted = take('<');
    std::size_t length = 0;
    while (length < rest_.size() && is_in_name(rest_[length], quoted)) ++length;
    rest_.remove_prefix(length);
    if (length < 3 || (quoted && !take('>'))) failed_ = true;
  }

  int number(int least, int most) {
    constexpr std::size_t kMostDigits = 3;
    std::size_t length = 0;
    int value = 0;
    while (length < rest_.size() && length < kMostDigits && is_digit(rest_[length]))
      value = 10 * value + (rest_[length++] - '0');
    rest_.remove_prefix(length);
    if (length == 0 || value < least || value > most) failed_ = true;
    return value;
  }

  /// "[+-]hours[:minutes[:seconds]]".
  std::int64_t clock(int most_hours) {
    constexpr int kLast = 59;
    const bool negative = next_is('-');
    if (!take('-')) (void)take('+');
    std::int64_t seconds = number(0, most_hours) * kHourS;
    if (take(':')) seconds += number(0, kLast) * std::int64_t{60};
    if (take(':')) seconds += number(0, kLast);
    return negative ? -seconds : seconds;
  }

  TimeZone::Change change() {
    using Kind = TimeZone::Change::Kind;
    constexpr int kMostHours = 167;  // a week, as version 3 allows
    TimeZone::Change made;
    if (take('M')) {
      made.month = number(1, 12);
      expect('.');
      made.week = number(1, 5);
      expect('.');
      made.day = number(0, 6);
    } else if (take('J')) {
      made.kind = Kind::day_without_leap;
      made.day = number(1, 365);
    } else {
      made.kind = Kind::day_of_year;
      made.day = number(0, 365);
    }
    if (take('/')) made.at_s = clock(kMostHours);
    return made;
  }

  void expect(char c) {
    if (!take(c)) failed_ = true;
  }

 private:
  static bool is_in_name(char c, bool quoted) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return letter || (quoted && (is_digit(c) || c == '+' || c == '-'));
  }

  std::string_view rest_;
  bool failed_ = false;
};

std::int64_t seconds_of(chrono::sys_days day) {
  return day.time_since_epoch().count() * kDayS;
}

}  // namespace

std::int64_t TimeZone::Change::local_s(chrono::year year) const {
  const chrono::sys_days new_year{year / chrono::January / 1};
  if (kind == Kind::week_of_month) {
    const auto of_month = year / chrono::month{static_cast<unsigned>(month)};
    const chrono::weekday of_week{static_cast<unsigned>(day)};
    constexpr int kLast = 5;
    const chrono::sys_days date = week == kLast
                                      ? chrono::sys_days{of_month / of_week[chrono::last]}
                                      : chrono::sys_days{of_month / of_week[static_cast<unsigned>(week)]};
    return seconds_of(date) + at_s;
  }
  constexpr int kFebruary29 = 60;
  const bool plain = kind == Kind::day_without_leap;
  const int skipped = plain && !(year.is_leap() && day >= kFebruary29) ? -1 : 0;
  return seconds_of(new_year + chrono::days{day + skipped}) + at_s;
}

std::int64_t TimeZone::Rule::offset_s(std::int64_t at_s) const {
  if (!begins || !ends) return standard_s;
  const auto day = chrono::floor<chrono::days>(chrono::sys_seconds{chrono::seconds{at_s + standard_s}});
  const chrono::year year = chrono::year_month_day{day}.year();
  const std::int64_t from = begins->local_s(year) - standard_s;
  const std::int64_t until = ends->local_s(year) - summer_s;
  const bool summer = from < until ? at_s >= from && at_s < until : at_s >= from || at_s < until;
  return summer ? summer_s : standard_s;
}

std::optional<TimeZone::Rule> parse_time_zone_rule(std::string_view text) {
  constexpr int kMostHours = 24;
  RuleReader reader{text};
  TimeZone::Rule rule;
  reader.name();
  rule.standard_s = -reader.clock(kMostHours);
  if (!reader.failed() && !reader.at_end()) {
    reader.name();
    rule.summer_s = rule.standard_s + kHourS;
    if (!reader.next_is(',')) rule.summer_s = -reader.clock(kMostHours);
    reader.expect(',');
    rule.begins = reader.change();
    reader.expect(',');
    rule.ends = reader.change();
  }
  if (reader.failed() || !reader.at_end()) return {};
  return rule;
}

}  // namespace reprise::server
