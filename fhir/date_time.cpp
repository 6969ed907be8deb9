#include "fhir/date_time.h"

#include <array>
#include <optional>

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
    constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = *year % 4 == 0 && (*year % 100 != 0 || *year % 400 == 0);
    const int days = *month == 2 && leap ? 29 : kDays[static_cast<std::size_t>(*month - 1)];
    if (!digits(2, 1, days)) return {};
    return 8;
  }

  [[nodiscard]] bool time_and_zone() {
    return take('T') && digits(2, 0, 23) && minutes_and_seconds() && zone() && done();
  }

 private:
  std::string_view rest_;
};

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

}  // namespace reprise::fhir
