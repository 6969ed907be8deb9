// SPDX-License-Identifier: Apache-2.0
#include "fhir/model/date_time.h"

#include <algorithm>
#include <chrono>

#include "base/time.h"

namespace reprise::fhir {
namespace {

constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Takes pieces off the front of a text; each piece that is not there makes the whole unreadable.
class DateReader {
 public:
  explicit DateReader(std::string_view text) : rest_(text) {}

  [[nodiscard]] std::optional<int> digits(std::size_t count, int least, int most) {
    if (rest_.size() < count) return {};
    int value = 0;
    for (const char c : rest_.substr(0, count)) {
      if (!is_digit(c)) return {};
      value = 10 * value + (c - '0');
    }
    rest_.remove_prefix(count);
    if (value < least || value > most) return {};
    return value;
  }

  [[nodiscard]] bool take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }

  [[nodiscard]] bool done() const { return rest_.empty(); }

  // ":30:00.250" after the hour.
  [[nodiscard]] bool minutes_and_seconds() {
    if (!take(':') || !digits(2, 0, 59) || !take(':') || !digits(2, 0, 60)) return false;
    if (!take('.')) return true;
    if (!digits(1, 0, 9)) return false;
    while (digits(1, 0, 9)) continue;
    return true;
  }

  [[nodiscard]] bool zone() {
    if (take('Z')) return true;
    if (!take('+') && !take('-')) return false;
    const auto hours = digits(2, 0, 14);
    return hours && take(':') && digits(2, 0, *hours == 14 ? 0 : 59);
  }

  // 4, 6 or 8 digits: how exact the date is; nothing where it is none.
  [[nodiscard]] std::optional<int> date_digits() {
    const auto year = digits(4, 1, 9999);
    if (!year) return {};
    if (!take('-')) return 4;
    const auto month = digits(2, 1, 12);
    if (!month) return {};
    if (!take('-')) return 6;
    const auto month_end = std::chrono::year{*year} / *month / std::chrono::last;
    if (!digits(2, 1, static_cast<int>(static_cast<unsigned>(month_end.day())))) return {};
    return 8;
  }

  [[nodiscard]] bool time_and_zone() {
    return take('T') && digits(2, 0, 23) && minutes_and_seconds() && zone() && done();
  }

 private:
  std::string_view rest_;
};

// The first moment of a month; month 13 is the next year's January.
std::int64_t start_of_month(int year, int month) {
  const std::chrono::year_month first = std::chrono::year{year} / 1 + std::chrono::months{month - 1};
  return start_of(std::chrono::sys_days{first / 1});
}

int number_at(std::string_view text, std::size_t at, std::size_t digits) {
  int value = 0;
  for (const char c : text.substr(at, digits)) value = 10 * value + (c - '0');
  return value;
}

}  // namespace

bool is_date(std::string_view text) {
  DateReader reader(text);
  return reader.date_digits() && reader.done();
}

bool is_date_time(std::string_view text) {
  DateReader reader(text);
  const auto exact = reader.date_digits();
  return exact && (reader.done() || (*exact == 8 && reader.time_and_zone()));
}

bool is_instant(std::string_view text) {
  DateReader reader(text);
  return reader.date_digits() == 8 && reader.time_and_zone();
}

bool is_time(std::string_view text) {
  DateReader reader(text);
  return reader.digits(2, 0, 23) && reader.minutes_and_seconds() && reader.done();
}

std::optional<Interval> interval_of(std::string_view date_time) {
  if (!is_date_time(date_time)) return {};
  constexpr std::int64_t kSecond = 1000;
  constexpr std::int64_t kMinute = 60 * kSecond;
  const int year = number_at(date_time, 0, 4);
  if (date_time.size() == 4) return Interval{start_of_month(year, 1), start_of_month(year, 13)};
  const int month = number_at(date_time, 5, 2);
  if (date_time.size() == 7) return Interval{start_of_month(year, month), start_of_month(year, month + 1)};
  const std::int64_t day = start_of_month(year, month) + (number_at(date_time, 8, 2) - 1) * kDayMs;
  if (date_time.size() == 10) return Interval{day, day + kDayMs};

  std::int64_t start = day + number_at(date_time, 11, 2) * 60 * kMinute +
                       number_at(date_time, 14, 2) * kMinute + number_at(date_time, 17, 2) * kSecond;
  std::int64_t length = kSecond;
  const std::size_t zone = date_time.find_first_of("Z+-", 19);
  if (zone > 19) {  // truncates to milliseconds
    length = 1;
    const auto digits = std::min<std::size_t>(zone - 20, 3);
    int fraction = number_at(date_time, 20, digits);
    for (std::size_t i = digits; i < 3; ++i) fraction *= 10;
    start += fraction;
  }
  if (date_time[zone] != 'Z') {
    const std::int64_t ahead =
        (number_at(date_time, zone + 1, 2) * 60 + number_at(date_time, zone + 4, 2)) * kMinute;
    start -= date_time[zone] == '+' ? ahead : -ahead;
  }
  return Interval{start, start + length};
}

}  // namespace reprise::fhir
